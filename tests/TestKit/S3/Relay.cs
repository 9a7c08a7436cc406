using System.Net;
using Microsoft.AspNetCore.Http;

namespace QualityIngest.TestKit.S3;

/// <summary>Passes a request on to the server and the answer back, with the target and the signed headers untouched.</summary>
internal sealed class Relay(string backend) : IDisposable
{
    // These belong to one connection, not to the request.
    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect",
    };

    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
    });

    /// <summary>Relays one exchange.</summary>
    /// <param name="cutAfter">Send only so many bytes of the body, under its full length.</param>
    /// <param name="rewrite">Send another body, under its own length.</param>
    public async Task Pass(HttpContext context, int? cutAfter = null, Func<byte[], byte[]>? rewrite = null)
    {
        using var request = Copy(context);
        using var answer = await client.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!HopByHop.Contains(name))
                context.Response.Headers[name] = values.ToArray();
        }

        await using var body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        if (rewrite is not null)
            await Rewritten(context, body, rewrite);
        else if (cutAfter is { } bytes)
            await Cut(context, body, bytes);
        else if (!HttpMethods.IsHead(context.Request.Method))
            await body.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private HttpRequestMessage Copy(HttpContext context)
    {
        var source = context.Request;
        // The path was signed as it was written, so that no encoding may be made canonical on the way.
        var target = new Uri(backend + S3Request.RawTarget(context), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(new HttpMethod(source.Method), target) { Version = HttpVersion.Version11 };
        if (source.ContentLength is not null || source.Headers.TransferEncoding.Count > 0)
            request.Content = new StreamContent(source.Body);
        foreach (var (name, values) in source.Headers)
        {
            if (!HopByHop.Contains(name) && !request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        return request;
    }

    private static async Task Cut(HttpContext context, Stream body, int bytes)
    {
        var whole = await ReadAll(body, context.RequestAborted);
        context.Response.Headers.TransferEncoding = default;
        context.Response.ContentLength = whole.Length;
        // Returning short of the promised length makes the server send what there is and close the connection;
        // aborting would throw away what has not left yet.
        await context.Response.Body.WriteAsync(whole.AsMemory(0, Math.Min(bytes, whole.Length)), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private static async Task Rewritten(HttpContext context, Stream body, Func<byte[], byte[]> change)
    {
        var changed = change(await ReadAll(body, context.RequestAborted));
        context.Response.ContentLength = changed.Length;
        await context.Response.Body.WriteAsync(changed, context.RequestAborted);
    }

    private static async Task<byte[]> ReadAll(Stream body, CancellationToken cancel)
    {
        using var whole = new MemoryStream();
        await body.CopyToAsync(whole, cancel);
        return whole.ToArray();
    }
}

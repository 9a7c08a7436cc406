using System.Net;
using Microsoft.Extensions.Logging;

namespace QualityIngest.Domain.Outbound;

/// <summary>Checks every request's URL, and follows redirects by hand so that each hop is checked as well.</summary>
internal sealed partial class GuardedHandler(
    OutboundGuard guard, int redirects, Func<HttpRequestMessage, Uri, bool>? follow, ILogger logger, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await Follow(request, cancellationToken);
        }
        catch (Exception exception) when ((exception as OutboundRefusedException ?? exception.InnerException) is OutboundRefusedException refusal)
        {
            // The caller learns that it was refused; only this line tells why.
            LogRefused(request.RequestUri!.IdnHost, request.RequestUri.Port, refusal.Reason, refusal.InnerException);
            throw;
        }
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The guard's handlers are asynchronous.");

    private async Task<HttpResponseMessage> Follow(HttpRequestMessage first, CancellationToken cancellation)
    {
        var request = first;
        guard.Check(request.RequestUri!);
        var response = await base.SendAsync(request, cancellation);
        for (var hop = 0; redirects > 0 && Target(request, response) is { } target; hop++)
        {
            response.Dispose();
            if (hop == redirects)
                throw new OutboundRefusedException("too many redirects");
            guard.Check(target);
            if (follow?.Invoke(first, target) is false)
                throw new OutboundRefusedException("redirected to a host that is not allowed");
            request = Again(request, target);
            response = await base.SendAsync(request, cancellation);
        }

        return response;
    }

    private static Uri? Target(HttpRequestMessage request, HttpResponseMessage response)
    {
        if (request.Method != HttpMethod.Get && request.Method != HttpMethod.Head)
            return null;
        if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
            return null;
        if (response.Headers.Location is not { } location)
            return null;
        return Uri.TryCreate(request.RequestUri, location, out var target)
            ? target
            : throw new OutboundRefusedException("redirected to something that is no URL");
    }

    private static HttpRequestMessage Again(HttpRequestMessage request, Uri target)
    {
        var next = new HttpRequestMessage(request.Method, target) { Version = request.Version, VersionPolicy = request.VersionPolicy };
        var sameOrigin = target.GetLeftPart(UriPartial.Authority) == request.RequestUri!.GetLeftPart(UriPartial.Authority);
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            // What identifies the caller to one host is none of another host's business.
            if (sameOrigin || name is "Accept" or "Range" or "User-Agent")
                next.Headers.TryAddWithoutValidation(name, values);
        }

        return next;
    }

    [LoggerMessage(EventId = 5001, Level = LogLevel.Information, Message = "A call to {Host}:{Port} was refused: {Reason}.")]
    private partial void LogRefused(string host, int port, string reason, Exception? failure);
}

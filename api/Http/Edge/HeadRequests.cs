using Microsoft.AspNetCore.Http.Features;

namespace QualityIngest.Api.Http.Edge;

/// <summary>
/// Answers HEAD wherever GET is answered: with the same status and headers, and without the body. What would stream for long is
/// ended soon, since nobody hears it.
/// </summary>
public static class HeadRequests
{
    /// <summary>Treats HEAD as GET from here on.</summary>
    public static IApplicationBuilder UseHeadRequests(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }

        var gone = context.RequestAborted;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(gone);
        var server = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Request.Method = HttpMethods.Get;
        context.RequestAborted = enough.Token;
        context.Features.Set<IHttpResponseBodyFeature>(new Unheard(new Unread(enough), server, enough));
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested && !gone.IsCancellationRequested)
        {
            // The headers are set, and there is nothing else to say.
        }
        finally
        {
            context.Features.Set(server);
            context.RequestAborted = gone;
            context.Request.Method = HttpMethods.Head;
        }
    });

    /// <summary>The body of an answer that has none. A stream of events ends before it begins.</summary>
    private sealed class Unheard(Stream stream, IHttpResponseBodyFeature server, CancellationTokenSource enough) : StreamResponseBodyFeature(stream, server)
    {
        public override void DisableBuffering() => enough.Cancel();
    }

    /// <summary>Lets every byte fall, and says when it is enough.</summary>
    private sealed class Unread(CancellationTokenSource enough) : Stream
    {
        // More than any answer that is not streamed needs: those end by themselves.
        private const long Enough = 64 * 1024;

        private long _length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position
        {
            get => _length;
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _length += buffer.Length;
            if (_length > Enough)
                enough.Cancel();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}

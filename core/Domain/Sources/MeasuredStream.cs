namespace QualityIngest.Domain.Sources;

/// <summary>
/// A body that ends where it was announced to end, within its limit, and never pauses for long; anything else is a
/// <see cref="SourceException"/>, so that a short file is never taken for a whole one.
/// </summary>
internal sealed class MeasuredStream(Stream inner, long? announced, long limit, TimeSpan readTimeout) : Stream
{
    private long read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => announced ?? throw new NotSupportedException("The length was not announced.");

    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0)
            return 0;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(readTimeout);
        int count;
        try
        {
            count = await inner.ReadAsync(buffer, patience.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceException(S3Failures.Timeout, exception);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw new SourceException(S3Failures.BodyCutShort, exception);
        }

        read += count;
        if (read > limit)
            throw new SourceException(S3Failures.FileTooLarge(announced, limit));
        if ((count == 0 && read < announced) || read > announced)
            throw new SourceException(S3Failures.BodyCutShort);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Bodies come over the network: read them asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}

using System.Net.Http.Headers;
using Amazon.S3;
using Amazon.S3.Model;

namespace QualityIngest.Domain.Sources;

/// <summary>A connector's bucket, and the other buckets that its rows may refer to, opened for reading.</summary>
public sealed class S3Source
{
    private readonly S3Connections connections;
    private readonly SourceOptions options;
    private readonly string fingerprint;

    internal S3Source(SourceAccess access, S3Connections connections, SourceOptions options)
    {
        (Access, this.connections, this.options) = (access, connections, options);
        fingerprint = S3Connections.Fingerprint(access);
        Paths = access.Settings.Paths.All();
        Bucket = Paths[0].Path.Bucket;
    }

    /// <summary>What it was opened with.</summary>
    public SourceAccess Access { get; }

    /// <summary>The connector's own bucket.</summary>
    public string Bucket { get; }

    /// <summary>The configured paths, in their order.</summary>
    public IReadOnlyList<ConfiguredPath> Paths { get; }

    internal SourceOptions Options => options;

    /// <summary>Lists one page of keys under a prefix, in the order of their UTF-8 bytes.</summary>
    /// <param name="bucket">The connector's own bucket.</param>
    /// <param name="prefix">The full prefix with its slash.</param>
    /// <param name="startAfter">Only keys after this one; null: from the start. A crash resumes with the last key it recorded.</param>
    /// <param name="maxKeys">1 to 1,000.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <exception cref="SourceException">The listing failed or did not arrive whole.</exception>
    public Task<ListingPage> List(string bucket, string prefix, string? startAfter, int maxKeys, CancellationToken cancellation)
    {
        var request = S3Listing.Request(bucket, prefix, startAfter, maxKeys);
        return Call(SourceOperation.List, bucket, async (connection, bound) => S3Listing.Read(await connection.Client.ListObjectsV2Async(request, bound), request), cancellation);
    }

    /// <summary>Opens an object.</summary>
    /// <param name="bucket">The connector's own bucket, or one on its allow-list.</param>
    /// <param name="key">The exact key.</param>
    /// <param name="ifMatch">The ETag, without quotes, that it must still have; null: any.</param>
    /// <param name="maxBytes">The largest size in bytes, inclusive; null: the configured one.</param>
    /// <param name="cancellation">Ends the request; the body's reads have their own.</param>
    /// <exception cref="SourceException">
    /// <c>object_changed</c>, <c>object_missing</c>, <c>file_too_large</c> …: see <see cref="S3Failures"/>. A denied read is the
    /// connector's fault when nothing else under its paths can be read either, and this object's when something can.
    /// </exception>
    public async Task<SourceObject> Get(string bucket, string key, string? ifMatch, long? maxBytes, CancellationToken cancellation)
    {
        try
        {
            return await Open(bucket, key, ifMatch, maxBytes, cancellation);
        }
        catch (SourceException exception) when (IsDenial(exception.Failure))
        {
            throw await Judged(exception, bucket, key, cancellation);
        }
    }

    /// <summary>Asks whether the source can be read again: lists a key under every configured path and reads its first byte.</summary>
    /// <exception cref="SourceException">It still fails, and why.</exception>
    public async Task Probe(CancellationToken cancellation)
    {
        foreach (var (path, _) in Paths)
            await new DeniedRead(this).Require(path, cancellation);
    }

    /// <summary>Whether a read was denied, be it the object or everything; a signature can fail for one odd key alone.</summary>
    internal static bool IsDenial(SourceFailure failure) =>
        failure.Code == S3Failures.GetDenied.Code || failure.Code == S3Failures.KmsRefused.Code || failure.Code == S3Failures.SecretKeyWrong.Code;

    /// <summary>A denial with its class: the connector's, or this object's alone.</summary>
    internal async Task<SourceException> Judged(SourceException denial, string bucket, string key, CancellationToken cancellation) =>
        new(await new DeniedRead(this).Judge(denial.Failure, bucket, key, cancellation), denial);

    /// <summary>Gets the credentials ready: assumes the role, where there is one.</summary>
    internal Task<bool> Authenticate(CancellationToken cancellation) =>
        Call(SourceOperation.AssumeRole, Bucket, (_, _) => Task.FromResult(true), cancellation);

    internal Task<SourceObject> Open(string bucket, string key, string? ifMatch, long? maxBytes, CancellationToken cancellation)
    {
        if (key.Length == 0)
            throw new SourceException(S3Failures.ObjectMissing);
        if (key[0] == '/')
            throw new SourceException(S3Failures.KeyNotSupported); // The SDK signs such a key but asks for the one without the slash.
        var limit = maxBytes ?? options.MaxObjectBytes;
        var request = new GetObjectRequest { BucketName = bucket, Key = key, EtagToMatch = ifMatch is null ? null : $"\"{ifMatch}\"" };
        return Call(SourceOperation.Get, bucket, async (connection, bound) =>
        {
            var response = await connection.Client.GetObjectAsync(request, bound);
            try
            {
                return Whole(response, new(bucket, key), ifMatch, limit);
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }, cancellation);
    }

    /// <summary>
    /// Makes an address under which anybody can read one object, without credentials, for a while: never longer than the
    /// connector's own session lasts. The object's first byte is read before, so that the address leads somewhere.
    /// </summary>
    /// <param name="bucket">The connector's own bucket, or one on its allow-list.</param>
    /// <param name="key">The exact key.</param>
    /// <param name="lifetime">1 second to 7 days.</param>
    /// <param name="contentType">What the store shall call the content; null: what it was stored as.</param>
    /// <param name="cancellation">Ends the requests.</param>
    /// <exception cref="SourceException">The object cannot be read, and why.</exception>
    public Task<SignedUrl> Sign(string bucket, string key, TimeSpan lifetime, string? contentType, CancellationToken cancellation) =>
        Call(SourceOperation.Get, bucket, async (connection, bound) =>
        {
            var (_, etag) = await FirstByte(connection, bucket, key, bound);
            return await SignedUrl.Of(connection, bucket, key, etag, lifetime, contentType);
        }, cancellation);

    /// <summary>Reads an object's first byte and returns its size.</summary>
    internal Task<long> Touch(string bucket, string key, CancellationToken cancellation) =>
        Call(SourceOperation.Get, bucket, async (connection, bound) => (await FirstByte(connection, bucket, key, bound)).Size, cancellation);

    private static async Task<(long Size, string? ETag)> FirstByte(S3Connection connection, string bucket, string key, CancellationToken cancellation)
    {
        var request = new GetObjectRequest { BucketName = bucket, Key = key, ByteRange = new(0, 0) };
        try
        {
            using var response = await connection.Client.GetObjectAsync(request, cancellation);
            await response.ResponseStream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, cancellation);
            var size = ContentRangeHeaderValue.TryParse(response.ContentRange, out var range) && range.Length is { } whole ? whole : response.ContentLength;
            return (size, S3Listing.Unquote(response.ETag ?? ""));
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode == "InvalidRange")
        {
            return (0, null); // An empty object has no first byte.
        }
    }

    private SourceObject Whole(GetObjectResponse response, BucketObject at, string? ifMatch, long limit)
    {
        var etag = S3Listing.Unquote(response.ETag ?? "");
        if (ifMatch is not null && etag != ifMatch)
            throw new SourceException(S3Failures.ObjectChanged);
        if (response.ContentLength > limit)
            throw new SourceException(S3Failures.FileTooLarge(response.ContentLength, limit));
        var modified = response.LastModified is { } time ? new DateTimeOffset(time.ToUniversalTime()) : (DateTimeOffset?)null;
        var body = new MeasuredStream(response.ResponseStream, response.ContentLength, limit, options.ReadTimeout);
        return new(body, etag, modified, response.ContentLength, response) { At = at };
    }

    private async Task<T> Call<T>(
        SourceOperation operation, string bucket, Func<S3Connection, CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        if (bucket != Bucket && (Access.Settings.Credentials is ServiceCredentials || !Access.Settings.AllowedBuckets.Contains(bucket)))
            throw new SourceException(S3Failures.BucketNotAllowed);

        using var lease = connections.Rent(fingerprint, Access);
        var connection = lease.Connection;
        for (var first = true; ; first = false)
        {
            using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            bound.CancelAfter(options.RequestTimeout);
            try
            {
                if (connection.Session is { } session)
                    await session.Get(bound.Token);
                return await call(connection, bound.Token);
            }
            catch (Exception exception) when (!cancellation.IsCancellationRequested
                && FailureReading.Read(exception, operation, connection.DialledByTenant) is { } failure)
            {
                if (first && IsWorthAnotherTry(failure, connection))
                    continue;
                throw new SourceException(InContext(failure, bucket), exception);
            }
        }
    }

    // The SDK has noted the store's clock by now, and a session that the store has dropped can be replaced.
    private static bool IsWorthAnotherTry(SourceFailure failure, S3Connection connection)
    {
        if (failure == S3Failures.ClockSkew)
            return true;
        if (connection.Session is null || (failure != S3Failures.CredentialsExpired && failure != S3Failures.AccessKeyUnknown))
            return false;
        connection.Session.Forget();
        return true;
    }

    private SourceFailure InContext(SourceFailure failure, string bucket)
    {
        var isAboutKeys = failure == S3Failures.AccessKeyUnknown || failure == S3Failures.SecretKeyWrong || failure == S3Failures.CredentialsExpired;
        if (isAboutKeys && Access.Settings.Credentials is ServiceCredentials)
            return S3Failures.IdentityRejected;
        if (isAboutKeys && Access.Settings.Credentials is IamRoleCredentials)
            return S3Failures.CredentialsExpired;
        // What is wrong with another bucket is the row's business that refers to it.
        return bucket != Bucket && failure.Class == FailureClass.Connector && !isAboutKeys ? failure with { Class = FailureClass.Item } : failure;
    }
}

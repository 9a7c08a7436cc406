using System.Net;
using Microsoft.Extensions.Options;
using QualityIngest.Domain.Outbound;

namespace QualityIngest.Domain.Sources;

/// <summary>Opens what a row's locator leads to.</summary>
public sealed class LocatorReader : IDisposable
{
    private const int Redirects = 3;

    private static readonly HttpRequestOptionsKey<SourceSettings> Settings = new("settings");
    private readonly OutboundGuard guard;
    private readonly HttpClient http;
    private readonly SourceOptions options;

    /// <summary>Creates the reader.</summary>
    public LocatorReader(OutboundGuard guard, IOptions<SourceOptions> options) : this(guard, options, configure: null)
    {
    }

    internal LocatorReader(OutboundGuard guard, IOptions<SourceOptions> options, Action<SocketsHttpHandler>? configure)
    {
        (this.guard, this.options) = (guard, options.Value);
        http = new(guard.CreateHandler(Redirects, configure, follow: (request, target) => request.Options.TryGetValue(Settings, out var settings) && LocatorUrl.IsAllowed(target, settings)))
        {
            Timeout = Timeout.InfiniteTimeSpan, // Every call carries its own bound.
        };
    }

    /// <summary>Opens the object, in a bucket with the connector's credentials, elsewhere with none.</summary>
    /// <param name="source">The connector's bucket.</param>
    /// <param name="target">What <see cref="Locator.Resolve"/> made of the locator.</param>
    /// <param name="maxBytes">The largest size in bytes, inclusive; null: the configured one.</param>
    /// <param name="cancellation">Ends the request; the body's reads have their own.</param>
    /// <exception cref="SourceException">It cannot be read, and why; a refused locator too.</exception>
    public Task<SourceObject> Open(S3Source source, LocatorTarget target, long? maxBytes, CancellationToken cancellation) => target switch
    {
        BucketObjects objects => First(source, objects.Candidates, at => source.Open(at.Bucket, at.Key, null, maxBytes, cancellation), cancellation),
        HttpsObject other => OpenUrl(source, other.Url, maxBytes ?? options.MaxObjectBytes, cancellation),
        LocatorRefused refused => throw Refused(refused),
        _ => throw new NotSupportedException($"Unknown target {target.GetType().Name}."),
    };

    /// <summary>Reads the first byte and checks the size, as a connection test does.</summary>
    internal async Task Touch(S3Source source, LocatorTarget target, CancellationToken cancellation)
    {
        if (target is BucketObjects objects)
        {
            var size = await First(source, objects.Candidates, at => source.Touch(at.Bucket, at.Key, cancellation), cancellation);
            if (size > options.MaxObjectBytes)
                throw new SourceException(S3Failures.FileTooLarge(size, options.MaxObjectBytes));
            return;
        }

        await using var opened = await Open(source, target, null, cancellation);
        await opened.Body.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, cancellation);
    }

    // A key that does not exist is answered as denied where missing keys may not be listed: the next candidate decides.
    private static async Task<T> First<T>(
        S3Source source, IReadOnlyList<BucketObject> candidates, Func<BucketObject, Task<T>> open, CancellationToken cancellation)
    {
        (SourceException Exception, BucketObject At)? denied = null;
        SourceException? missing = null;
        foreach (var at in candidates)
        {
            try
            {
                return await open(at);
            }
            catch (SourceException exception) when (exception.Failure.Code == S3Failures.ObjectMissing.Code)
            {
                missing = exception;
            }
            catch (SourceException exception) when (S3Source.IsDenial(exception.Failure))
            {
                denied ??= (exception, at);
            }
        }

        throw denied is { } denial ? await source.Judged(denial.Exception, denial.At.Bucket, denial.At.Key, cancellation) : missing!;
    }

    private async Task<SourceObject> OpenUrl(S3Source source, Uri url, long limit, CancellationToken cancellation)
    {
        if (!LocatorUrl.IsAllowed(url, source.Access.Settings))
            throw Refused(Locator.NotAllowed("The host is not on the connector's list of allowed hosts."));

        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Options.Set(Settings, source.Access.Settings);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bound.CancelAfter(options.RequestTimeout);
        HttpResponseMessage? response = null;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, bound.Token);
            var opened = await Whole(response, limit, bound.Token);
            response = null;
            return opened;
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested
            && FailureReading.Read(exception, SourceOperation.Get, dialledByTenant: !guard.Vouches(url)) is { } failure)
        {
            throw exception as SourceException
                ?? new SourceException(failure == S3Failures.OutboundRefused ? failure with { Class = FailureClass.Item } : failure, exception);
        }
        finally
        {
            response?.Dispose();
        }
    }

    private async Task<SourceObject> Whole(HttpResponseMessage response, long limit, CancellationToken cancellation)
    {
        if (response.StatusCode != HttpStatusCode.OK)
            throw new SourceException(Refusal(response.StatusCode));
        var length = response.Content.Headers.ContentLength;
        if (length > limit)
            throw new SourceException(S3Failures.FileTooLarge(length, limit));
        var body = new MeasuredStream(await response.Content.ReadAsStreamAsync(cancellation), length, limit, options.ReadTimeout);
        return new(body, response.Headers.ETag?.Tag.Trim('"'), response.Content.Headers.LastModified, length, response);
    }

    private static SourceFailure Refusal(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.Gone => S3Failures.ObjectMissing,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => S3Failures.HostDenied,
        HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => S3Failures.Throttled,
        HttpStatusCode.RequestTimeout => S3Failures.Timeout,
        >= HttpStatusCode.InternalServerError => S3Failures.ServerFault,
        _ => S3Failures.ObjectRefused,
    };

    private static SourceException Refused(LocatorRefused refused) => new(new(
        FailureClass.Item,
        refused.Code,
        refused.Message,
        "Correct the locator in the row, or add the bucket or host to the connector's lists.",
        Retryable: false));

    /// <inheritdoc />
    public void Dispose() => http.Dispose();
}

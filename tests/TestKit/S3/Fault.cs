namespace QualityIngest.TestKit.S3;

/// <summary>What happens to a request instead of, or beside, being answered by the server. Errors are worded as AWS documents them.</summary>
public abstract record Fault
{
    /// <summary>An answer in AWS's XML, without asking the server.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The <c>Code</c> element.</param>
    /// <param name="message">The <c>Message</c> element.</param>
    /// <param name="elements">Further elements of the body, e.g. <c>Region</c>.</param>
    /// <param name="headers">Further headers, e.g. <c>x-amz-bucket-region</c>.</param>
    public static Fault Error(
        int status, string code, string message,
        IReadOnlyDictionary<string, string>? elements = null, IReadOnlyDictionary<string, string>? headers = null)
        => new ErrorFault(status, code, message, elements ?? new Dictionary<string, string>(), headers ?? new Dictionary<string, string>());

    /// <summary>503 <c>SlowDown</c>.</summary>
    public static Fault SlowDown() => Error(503, "SlowDown", "Please reduce your request rate.");

    /// <summary>500 <c>InternalError</c>.</summary>
    public static Fault InternalError() => Error(500, "InternalError", "We encountered an internal error. Please try again.");

    /// <summary>400 <c>AuthorizationHeaderMalformed</c>: signed for another region than the bucket's.</summary>
    public static Fault WrongRegion(string signed, string expected) => Error(400, "AuthorizationHeaderMalformed",
        $"The authorization header is malformed; the region '{signed}' is wrong; expecting '{expected}'",
        new Dictionary<string, string> { ["Region"] = expected });

    /// <summary>301 <c>PermanentRedirect</c>: sent to another region's endpoint than the bucket's.</summary>
    public static Fault PermanentRedirect(string bucket, string region) => Error(301, "PermanentRedirect",
        "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.",
        new Dictionary<string, string> { ["Endpoint"] = $"{bucket}.s3.{region}.amazonaws.com", ["Bucket"] = bucket },
        new Dictionary<string, string> { ["x-amz-bucket-region"] = region });

    /// <summary>403 <c>AccessDenied</c> because the object's KMS key may not be used.</summary>
    public static Fault KmsDenied() => Error(403, "AccessDenied",
        "User: arn:aws:iam::111122223333:user/reader is not authorized to perform: kms:Decrypt on resource: "
        + "arn:aws:kms:us-east-1:111122223333:key/0f1e2d3c-aaaa-bbbb-cccc-1234567890ab because no identity-based policy allows the kms:Decrypt action");

    /// <summary>403 <c>InvalidObjectState</c>: the object is archived.</summary>
    public static Fault Archived() => Error(403, "InvalidObjectState", "The operation is not valid for the object's storage class",
        new Dictionary<string, string> { ["StorageClass"] = "GLACIER" });

    /// <summary>400 <c>ExpiredToken</c>: a role's session has ended.</summary>
    public static Fault ExpiredToken() => Error(400, "ExpiredToken", "The provided token has expired.");

    /// <summary>Promises the whole body, sends its first bytes and closes the connection.</summary>
    public static Fault CutBody(int after) => new CutFault(after);

    /// <summary>Changes the body and answers as if that were all of it.</summary>
    public static Fault Rewrite(Func<byte[], byte[]> change) => new RewriteFault(change);

    /// <summary>A listing that ends in the middle of its XML, in an answer that is whole by its own length.</summary>
    public static Fault CutListing() => Rewrite(body => body[..(body.Length / 2)]);

    /// <summary>Waits for something, a delay or a gate that the test opens, and then asks the server.</summary>
    /// <param name="action">Also the place to change an object behind the reader's back.</param>
    public static Fault Before(Func<CancellationToken, Task> action) => new BeforeFault(action);

    /// <summary>Waits a while and then asks the server.</summary>
    public static Fault Delay(TimeSpan time) => Before(cancel => Task.Delay(time, cancel));

    /// <summary>Never answers: the reader must give up by itself.</summary>
    public static Fault Silence() => Delay(Timeout.InfiniteTimeSpan);

    /// <summary>Closes the connection without an answer.</summary>
    public static Fault Hangup() => new HangupFault();
}

internal sealed record ErrorFault(
    int Status, string Code, string Message,
    IReadOnlyDictionary<string, string> Elements, IReadOnlyDictionary<string, string> Headers) : Fault;

internal sealed record CutFault(int After) : Fault;

internal sealed record RewriteFault(Func<byte[], byte[]> Change) : Fault;

internal sealed record BeforeFault(Func<CancellationToken, Task> Action) : Fault;

internal sealed record HangupFault : Fault;

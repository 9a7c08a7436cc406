using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using System.Xml;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using Amazon.SecurityToken;
using QualityIngest.Domain.Outbound;

namespace QualityIngest.Domain.Sources;

/// <summary>What was being done when it failed.</summary>
internal enum SourceOperation
{
    AssumeRole,
    List,
    Get,
}

/// <summary>Reads the AWS SDK's exceptions, by the error codes that AWS and compatible stores document.</summary>
internal static partial class FailureReading
{
    /// <summary>What an exception means; null: it is none of a store, a token service or a connection.</summary>
    /// <param name="exception">As the SDK or the connection threw it.</param>
    /// <param name="operation">What was being done.</param>
    /// <param name="dialledByTenant">
    /// Whether a tenant chose the host and the deployment does not vouch for it: then a dial that fails is told as one that was refused.
    /// </param>
    public static SourceFailure? Read(Exception exception, SourceOperation operation, bool dialledByTenant) => exception switch
    {
        SourceException known => known.Failure,
        AmazonSecurityTokenServiceException sts => ReadTokenService(sts),
        AmazonS3Exception s3 => ReadStore(s3, operation),
        _ => ReadTransport(exception, operation, dialledByTenant),
    };

    private static SourceFailure ReadTokenService(AmazonSecurityTokenServiceException exception) => exception.ErrorCode switch
    {
        "ValidationError" or "InvalidParameterValue" => S3Failures.RoleArnMalformed,
        "AccessDenied" or "NoSuchEntity" or "AccessDeniedException" => S3Failures.RoleNotAssumable,
        "Throttling" or "ThrottlingException" or "RequestLimitExceeded" => S3Failures.Throttled,
        "RegionDisabledException" => S3Failures.WrongRegion with { Message = "The region's token service is not active for the account." },
        "SignatureDoesNotMatch" when exception.Message.Contains("Signature expired", StringComparison.OrdinalIgnoreCase)
            || exception.Message.Contains("not yet current", StringComparison.OrdinalIgnoreCase) => S3Failures.ClockSkew,
        "RequestExpired" or "RequestTimeTooSkewed" => S3Failures.ClockSkew,
        "InvalidClientTokenId" or "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "ExpiredToken" or "ExpiredTokenException"
            or "InvalidIdentityToken" or "IDPRejectedClaim" or "IncompleteSignature" or "MissingAuthenticationToken" => S3Failures.IdentityRejected,
        _ => ByStatus(exception) ?? S3Failures.RoleNotAssumable,
    };

    private static SourceFailure? ReadStore(AmazonS3Exception exception, SourceOperation operation) => exception.ErrorCode switch
    {
        "InvalidAccessKeyId" or "InvalidClientTokenId" => S3Failures.AccessKeyUnknown,
        "SignatureDoesNotMatch" => S3Failures.SecretKeyWrong,
        "ExpiredToken" or "TokenRefreshRequired" or "InvalidToken" => S3Failures.CredentialsExpired,
        "RequestTimeTooSkewed" or "RequestExpired" => S3Failures.ClockSkew,
        "PermanentRedirect" or "TemporaryRedirect" or "Redirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException"
            or "IncorrectEndpoint" => S3Failures.InRegion(ExpectedRegion(exception)),
        "NoSuchBucket" or "InvalidBucketName" => S3Failures.NoSuchBucket,
        "AccountProblem" or "AllAccessDisabled" or "NotSignedUp" => S3Failures.AccountDisabled,
        "NoSuchKey" or "NoSuchVersion" => S3Failures.ObjectMissing,
        "MethodNotAllowed" when operation == SourceOperation.Get => S3Failures.ObjectMissing, // A delete marker.
        "PreconditionFailed" => S3Failures.ObjectChanged,
        "InvalidObjectState" => S3Failures.ObjectArchived,
        "SlowDown" or "Throttling" or "ThrottlingException" or "RequestLimitExceeded" or "TooManyRequests" or "BandwidthLimitExceeded" => S3Failures.Throttled,
        "RequestTimeout" => S3Failures.Timeout,
        { } code when code.StartsWith("KMS", StringComparison.Ordinal) => S3Failures.KmsRefused,
        "AccessDenied" or "InvalidRequest" or "Forbidden" when SaysKms().IsMatch(exception.Message) => S3Failures.KmsRefused,
        "InvalidRequest" when exception.Message.Contains("Server Side Encryption", StringComparison.OrdinalIgnoreCase) => S3Failures.ObjectEncrypted,
        "AccessDenied" or "Forbidden" => Denied(operation),
        _ => ByStatus(exception) ?? exception.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Denied(operation),
            HttpStatusCode.PreconditionFailed => S3Failures.ObjectChanged,
            HttpStatusCode.NotFound => operation == SourceOperation.Get ? S3Failures.ObjectMissing : S3Failures.NoSuchBucket,
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => S3Failures.InRegion(ExpectedRegion(exception)),
            >= HttpStatusCode.BadRequest => operation == SourceOperation.Get ? S3Failures.ObjectRefused : S3Failures.RequestRefused,
            _ => FromWithin(exception, operation),
        },
    };

    // A 200 whose document breaks off reaches us as an S3 exception around what the reader stumbled over.
    private static SourceFailure? FromWithin(AmazonS3Exception exception, SourceOperation operation) =>
        exception.InnerException is { } inner ? ReadTransport(inner, operation, dialledByTenant: false)
        : operation == SourceOperation.List ? S3Failures.ListingCutShort
        : S3Failures.AnswerInvalid;

    private static SourceFailure? ReadTransport(Exception exception, SourceOperation operation, bool dialledByTenant)
    {
        for (var at = exception; at is not null; at = at.InnerException)
        {
            switch (at)
            {
                case SourceException known:
                    return known.Failure;
                case OutboundRefusedException { DialFailed: true } when !dialledByTenant:
                    return S3Failures.Network;
                case OutboundRefusedException:
                    return S3Failures.OutboundRefused;
                case HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } when dialledByTenant:
                    return S3Failures.OutboundRefused;
                case OperationCanceledException or TimeoutException:
                    return S3Failures.Timeout;
                case XmlException or AmazonUnmarshallingException when operation == SourceOperation.List:
                    return S3Failures.ListingCutShort;
                case XmlException or AmazonUnmarshallingException:
                    return S3Failures.AnswerInvalid;
            }
        }

        return exception switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } => S3Failures.Network,
            HttpRequestException or IOException when operation == SourceOperation.List => S3Failures.ListingCutShort,
            HttpRequestException or IOException or SocketException or AmazonServiceException or AmazonClientException or WebException => S3Failures.Network,
            _ => null,
        };
    }

    private static SourceFailure? ByStatus(AmazonServiceException exception) => exception.StatusCode switch
    {
        HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests => S3Failures.Throttled,
        HttpStatusCode.RequestTimeout => S3Failures.Timeout,
        >= HttpStatusCode.InternalServerError => S3Failures.ServerFault,
        _ => null,
    };

    private static SourceFailure Denied(SourceOperation operation) =>
        operation == SourceOperation.List ? S3Failures.ListDenied : S3Failures.GetDenied;

    private static string? ExpectedRegion(AmazonS3Exception exception) =>
        (exception.InnerException as HttpErrorResponseException)?.Response?.GetHeaderValue("x-amz-bucket-region") is { Length: > 0 } region
            && Region().IsMatch(region) ? region
        : Expecting().Match(exception.Message ?? "") is { Success: true } match ? match.Groups[1].Value
        : null;

    [GeneratedRegex("expecting '([a-z0-9-]{1,32})'", RegexOptions.CultureInvariant)]
    private static partial Regex Expecting();

    [GeneratedRegex(@"^[a-z0-9-]{1,32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Region();

    [GeneratedRegex(@"\bkms\b|customer master key|\bCMK\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SaysKms();
}

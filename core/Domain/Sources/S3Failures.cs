using System.Globalization;

namespace QualityIngest.Domain.Sources;

/// <summary>
/// Everything that can go wrong with a bucket or an object: class, code, sentence and what to do. Which exception means
/// which of them is <see cref="FailureReading"/>'s business.
/// </summary>
internal static class S3Failures
{
    private const string CheckKeys = "Enter the access key id and the secret access key of the same, active key.";
    private const string AskOperator = "Ask the operator of this service to set its AWS identity up.";

    // Credentials.
    public static readonly SourceFailure SecretKeyMissing = Connector("secret_key_missing", "There is no secret access key.", CheckKeys);
    public static readonly SourceFailure AccessKeyUnknown = Connector("access_key_unknown", "The access key id does not exist or is inactive.", CheckKeys);
    public static readonly SourceFailure SecretKeyWrong = Connector("secret_key_wrong", "The secret access key does not belong to the access key id.", CheckKeys);
    public static readonly SourceFailure CredentialsExpired = Connector("credentials_expired", "The credentials have expired or were revoked.", "Enter new credentials, or use an IAM role, which renews them by itself.");
    public static readonly SourceFailure RoleArnMalformed = Connector("role_arn_malformed", "The role ARN is malformed.", "Copy the ARN from the role's page; it looks like arn:aws:iam::123456789012:role/Name.");
    public static readonly SourceFailure RoleNotAssumable = Connector("role_not_assumable", "The role cannot be assumed: it does not exist, or its trust policy does not let this service in.", "Give the role the trust policy that the connector shows, with this service's principal and external id.");
    public static readonly SourceFailure IdentityMissing = Connector("identity_missing", "This service has no AWS identity of its own, which IAM roles and granted buckets need.", AskOperator + " Or use access keys.");
    public static readonly SourceFailure IdentityRejected = Connector("identity_rejected", "AWS rejects this service's own identity.", AskOperator);
    public static readonly SourceFailure ServiceNotGranted = Connector("service_not_granted", "No administrator has granted this bucket under the service's own identity.", "Ask an administrator to grant the bucket, or use an IAM role or access keys.");
    public static readonly SourceFailure EndpointNotTrusted = Connector("endpoint_not_trusted", "This service uses its own identity only with AWS and with endpoints that its operator named.", "Use access keys with this endpoint, or ask the operator to name it in Outbound:Allow.");
    public static readonly SourceFailure AccountDisabled = Connector("account_disabled", "The store has suspended access to this account or bucket.", "Settle the account's state with the store's provider.");

    // Where.
    public static readonly SourceFailure EndpointInvalid = Connector("endpoint_invalid", "The endpoint is not an http or https URL without path and query.", "Enter it like https://s3.example.com.");
    public static readonly SourceFailure RegionInvalid = Connector("region_invalid", "The region is not written like a region.", "Enter it like eu-central-1.");
    public static readonly SourceFailure WrongRegion = Connector("wrong_region", "The bucket lies in another region.", "Set the connector's region to the bucket's.");
    public static readonly SourceFailure NoSuchBucket = Connector("no_such_bucket", "The bucket does not exist.", "Check the bucket's name, and the endpoint if one is set.");
    public static readonly SourceFailure OutboundRefused = Connector(Outbound.OutboundRefusedException.Code, "The address is not allowed or cannot be reached from here.", "Use a public HTTPS endpoint that answers, or ask the operator of this service to allow the address.");
    public static readonly SourceFailure BucketNotAllowed = Item("bucket_not_allowed", "The bucket is neither the connector's own nor on its list of allowed buckets.", "Add the bucket to the connector's allowed buckets; with the service's own identity only granted buckets can be read.");

    public static readonly SourceFailure EmptyPrefix = Connector("empty_prefix", "There is nothing under the path.", "Upload files there, or correct the path.");

    // Permission.
    public static readonly SourceFailure ListDenied = Connector("list_denied", "The credentials may not list the bucket under this prefix.", "Allow s3:ListBucket on the bucket for the prefix, as in the policy that the connector shows.");
    public static readonly SourceFailure GetDenied = Connector("get_denied", "The credentials may not read objects.", "Allow s3:GetObject on the bucket's objects, as in the policy that the connector shows.");
    public static readonly SourceFailure KmsRefused = Connector("kms_refused", "The object is encrypted with a KMS key that the credentials may not use, or that is disabled.", "Allow kms:Decrypt on the bucket's KMS key, and check that the key is enabled.");

    // One object.
    public static readonly SourceFailure ObjectDenied = Item("get_denied", "The credentials may not read this object, or it does not exist.", "Allow s3:GetObject on it; an object that another account uploaded needs the bucket to own its objects.", retryable: true);
    public static readonly SourceFailure ObjectKmsRefused = Item("kms_refused", KmsRefused.Message, KmsRefused.Resolution, retryable: true);
    public static readonly SourceFailure ObjectMissing = Item("object_missing", "The object does not exist.", "Upload it, or correct what refers to it, then retry.", retryable: true);
    public static readonly SourceFailure ObjectChanged = Item("object_changed", "The object was replaced after it had been listed.", "Nothing: the next scan finds the new version.");
    public static readonly SourceFailure ObjectArchived = Item("object_archived", "The object lies in an archive (Glacier) and cannot be read.", "Restore it, then retry.", retryable: true);
    public static readonly SourceFailure ObjectEncrypted = Item("object_encrypted", "The object is encrypted with a key that only its owner has (SSE-C).", "Store it with SSE-S3 or SSE-KMS encryption.");
    public static readonly SourceFailure ObjectRefused = Item("request_refused", "The store refuses to hand out the object.", "Read the object with another tool under the same credentials to see why.", retryable: true);
    public static readonly SourceFailure KeyNotSupported = Item("key_not_supported", "A key that begins with a slash cannot be read.", "Store the object under a key without a leading slash.");
    public static readonly SourceFailure HostDenied = Item("get_denied", "The host refuses to hand out the object; a presigned URL may have expired.", "Provide a URL that is still valid when the file is read.", retryable: true);

    // Passing.
    public static readonly SourceFailure BodyCutShort = Transient("body_cut_short", "The object's content ended before its announced length.");
    public static readonly SourceFailure ListingCutShort = Transient("listing_cut_short", "The listing did not arrive whole.");
    public static readonly SourceFailure AnswerInvalid = Transient("answer_invalid", "The store's answer makes no sense.");
    public static readonly SourceFailure Throttled = Transient("throttled", "The store asks to slow down.");
    public static readonly SourceFailure ServerFault = Transient("server_fault", "The store reports a fault of its own.");
    public static readonly SourceFailure Network = Transient("network", "The connection failed.");
    public static readonly SourceFailure Timeout = Transient("timeout", "The store did not answer in time.");
    public static readonly SourceFailure ClockSkew = Transient("clock_skew", "This service's clock and the store's differ too much.", "Nothing at once: the next attempt allows for it. If it persists, ask the operator to set the clock.");

    // The store as a whole.
    public static readonly SourceFailure ListingUnsupported = Connector("listing_unsupported", "The store does not list keys in order after a given one (ListObjectsV2 with start-after).", "Use a store that implements ListObjectsV2; S3 directory buckets do not.");
    public static readonly SourceFailure RequestRefused = Connector("request_refused", "The store refuses the request.", "List the bucket with another tool under the same credentials to see why.");

    public static SourceFailure InRegion(string? expected) => expected is null
        ? WrongRegion
        : WrongRegion with { Message = $"The bucket lies in region {expected}.", Resolution = $"Set the connector's region to {expected}." };

    public static SourceFailure FileTooLarge(long? size, long limit) => Item(
        "file_too_large",
        string.Create(CultureInfo.InvariantCulture, $"{(size is null ? "The object" : $"The object of {size:N0} bytes")} exceeds the limit of {limit:N0} bytes."),
        "Split the file, or ask the operator to raise the limit.");

    private static SourceFailure Connector(string code, string message, string resolution) => new(FailureClass.Connector, code, message, resolution, Retryable: true);

    private static SourceFailure Item(string code, string message, string resolution, bool retryable = false) => new(FailureClass.Item, code, message, resolution, retryable);

    private static SourceFailure Transient(string code, string message, string resolution = "Nothing: it is tried again.") => new(FailureClass.Transient, code, message, resolution, Retryable: true);
}

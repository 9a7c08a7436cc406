using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace QualityIngest.Domain.Sources;

/// <summary>Assumes a tenant's role, always with the tenant's external id.</summary>
internal static partial class AssumedRole
{
    /// <summary>How the sessions show in the tenant's audit trail.</summary>
    public const string SessionName = "quality-ingest";

    /// <exception cref="SourceException">The ARN is malformed or the role cannot be assumed.</exception>
    public static async Task<IssuedSession> Assume(
        AwsClients clients, DeploymentIdentity identity, SourceSettings settings, string roleArn, string externalId,
        TimeSpan duration, TimeProvider clock, CancellationToken cancellation)
    {
        var endpoint = SourceEndpoint.TokenService(settings);
        try
        {
            using var sts = clients.TokenService(identity.Credentials, settings.Region, endpoint);
            var request = new AssumeRoleRequest
            {
                RoleArn = roleArn,
                RoleSessionName = SessionName,
                ExternalId = externalId,
                DurationSeconds = (int)duration.TotalSeconds,
            };
            return Session((await sts.AssumeRoleAsync(request, cancellation)).Credentials, clock);
        }
        catch (AmazonSecurityTokenServiceException exception)
        {
            // Read here, while it is known that it was the token service and not the store that spoke.
            throw new SourceException(FailureReading.Read(exception, SourceOperation.AssumeRole, dialledByTenant: false)!, exception);
        }
    }

    /// <summary>Whether it is a role's ARN; radosgw's have no account and may have none of AWS's partitions.</summary>
    public static bool IsRoleArn(string text) => RoleArn().IsMatch(text);

    public static IssuedSession Session(Credentials issued, TimeProvider clock) => new(
        new ImmutableCredentials(issued.AccessKeyId, issued.SecretAccessKey, issued.SessionToken),
        issued.Expiration is { } expiration ? new DateTimeOffset(expiration.ToUniversalTime()) : clock.GetUtcNow());

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::(\d{12})?:role/[\x21-\x7e]{1,512}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RoleArn();
}

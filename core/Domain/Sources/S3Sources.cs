using Amazon.Runtime;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using QualityIngest.Domain.Outbound;

namespace QualityIngest.Domain.Sources;

/// <summary>Opens buckets. One for the process: it keeps connections and assumed roles.</summary>
public sealed class S3Sources : IDisposable
{
    private readonly SourceOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly AwsClients clients;
    private readonly DeploymentIdentity identity;
    private readonly S3Connections connections;

    /// <summary>Creates the opener.</summary>
    public S3Sources(
        OutboundGuard guard, IOptions<SourceOptions> options, IOptions<DeploymentIdentityOptions> identity, TimeProvider clock, ILogger<S3Sources>? logger = null)
    {
        (this.options, this.clock, this.logger) = (options.Value, clock, logger ?? NullLogger<S3Sources>.Instance);
        clients = new(guard);
        this.identity = new(identity.Value, clients, options.Value.RoleRefreshBefore, clock, this.logger);
        connections = new(options.Value.MaxClients, Connect);
    }

    internal int OpenConnections => connections.Count;

    /// <summary>Opens a bucket without any I/O; the first call on it tells whether it can be read.</summary>
    public S3Source Open(SourceAccess access) => new(access, connections, options);

    /// <inheritdoc />
    public void Dispose()
    {
        connections.Dispose();
        identity.Dispose();
        clients.Dispose();
    }

    private S3Connection Connect(SourceAccess access)
    {
        var settings = access.Settings;
        var endpoint = SourceEndpoint.Store(settings);
        var credentials = Credentials(access, endpoint);
        // AWS's wildcard certificate covers one label; S3-compatible stores seldom have names for their buckets.
        var pathStyle = endpoint is not null || !S3Path.IsDnsLabel(settings.Bucket());
        return new(
            clients.Store(credentials, settings.Region, endpoint, pathStyle),
            credentials as SessionCredentials,
            ownsSession: settings.Credentials is IamRoleCredentials,
            dialledByTenant: endpoint is not null && !clients.Vouches(endpoint));
    }

    private AWSCredentials Credentials(SourceAccess access, Uri? endpoint)
    {
        switch (access.Settings.Credentials)
        {
            case AccessKeyCredentials keys:
                var secret = access.SecretAccessKey ?? keys.SecretAccessKey;
                if (string.IsNullOrEmpty(secret))
                    throw new SourceException(S3Failures.SecretKeyMissing);
                if (string.IsNullOrEmpty(keys.AccessKeyId))
                    throw new SourceException(S3Failures.AccessKeyUnknown);
                return new BasicAWSCredentials(keys.AccessKeyId, secret);

            case IamRoleCredentials role:
                if (!AssumedRole.IsRoleArn(role.RoleArn))
                    throw new SourceException(S3Failures.RoleArnMalformed);
                RequireTrust(SourceEndpoint.TokenService(access.Settings));
                _ = identity.Credentials;
                return new SessionCredentials(
                    cancellation => AssumedRole.Assume(
                        clients, identity, access.Settings, role.RoleArn, access.ExternalId, options.RoleDuration, clock, cancellation),
                    options.RoleRefreshBefore,
                    clock,
                    logger);

            case ServiceCredentials:
                if (!access.ServiceGranted)
                    throw new SourceException(S3Failures.ServiceNotGranted);
                RequireTrust(endpoint);
                return identity.Credentials;

            default:
                throw new NotSupportedException($"Unknown credentials {access.Settings.Credentials.GetType().Name}.");
        }
    }

    private void RequireTrust(Uri? endpoint)
    {
        if (endpoint is not null && !SourceEndpoint.IsAws(endpoint) && !clients.Vouches(endpoint))
            throw new SourceException(S3Failures.EndpointNotTrusted);
    }
}

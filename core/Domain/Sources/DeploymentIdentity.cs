using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Microsoft.Extensions.Logging;

namespace QualityIngest.Domain.Sources;

/// <summary>The deployment's own identity, as far as one is configured; never a guess.</summary>
internal sealed class DeploymentIdentity : IDisposable
{
    private readonly Lazy<AWSCredentials?> credentials;

    public DeploymentIdentity(DeploymentIdentityOptions options, AwsClients clients, TimeSpan refreshBefore, TimeProvider clock, ILogger logger) =>
        credentials = new(() => options switch
        {
            { AccessKeyId: { Length: > 0 } id, SecretAccessKey: { Length: > 0 } secret } => new BasicAWSCredentials(id, secret),
            { WebIdentityRoleArn: { Length: > 0 } role, WebIdentityTokenFile: { Length: > 0 } file } =>
                new SessionCredentials(cancellation => WithWebIdentity(clients, options, role, file, clock, cancellation), refreshBefore, clock, logger),
            { UseEnvironment: true } => DefaultAWSCredentialsIdentityResolver.GetCredentials(),
            _ => null,
        }, LazyThreadSafetyMode.PublicationOnly); // What the environment cannot offer yet, it may offer later.

    /// <summary>The identity's credentials.</summary>
    /// <exception cref="SourceException">None is configured.</exception>
    public AWSCredentials Credentials
    {
        get
        {
            try
            {
                return credentials.Value ?? throw new SourceException(S3Failures.IdentityMissing);
            }
            catch (Exception exception) when (exception is AmazonClientException or AmazonServiceException)
            {
                throw new SourceException(S3Failures.IdentityMissing, exception);
            }
        }
    }

    public void Dispose()
    {
        if (credentials.IsValueCreated)
            (credentials.Value as IDisposable)?.Dispose();
    }

    private static async Task<IssuedSession> WithWebIdentity(
        AwsClients clients, DeploymentIdentityOptions options, string role, string file, TimeProvider clock, CancellationToken cancellation)
    {
        try
        {
            using var sts = clients.TokenService(new AnonymousAWSCredentials(), options.StsRegion, options.StsEndpoint is { } url ? new(url) : null);
            var request = new AssumeRoleWithWebIdentityRequest
            {
                RoleArn = role,
                RoleSessionName = AssumedRole.SessionName,
                WebIdentityToken = (await File.ReadAllTextAsync(file, cancellation)).Trim(),
            };
            return AssumedRole.Session((await sts.AssumeRoleWithWebIdentityAsync(request, cancellation)).Credentials, clock);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException
            || exception is AmazonSecurityTokenServiceException { StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError })
        {
            throw new SourceException(S3Failures.IdentityRejected, exception);
        }
    }
}

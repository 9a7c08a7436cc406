namespace QualityIngest.Domain.Sources;

/// <summary>What to paste into AWS so that a connector may read, and nothing more: indented JSON documents.</summary>
/// <param name="PrincipalArn">The deployment's own principal; null when it is not configured or not involved.</param>
/// <param name="BucketPolicy">For the bucket; null where the reader belongs to the bucket's account.</param>
/// <param name="IamPolicy">For the tenant's user or role; null for <see cref="ServiceCredentials"/>.</param>
/// <param name="TrustPolicy">For the tenant's role; null without one.</param>
public sealed record AccessPolicyDocuments(string? PrincipalArn, string? BucketPolicy, string? IamPolicy, string? TrustPolicy);

/// <summary>Writes the policies of a connector.</summary>
public static class AccessPolicy
{
    /// <summary>Writes the policies: <c>s3:GetObject</c>, and <c>s3:ListBucket</c> bound to the prefixes.</summary>
    /// <param name="settings">Where and as whom.</param>
    /// <param name="principalArn"><see cref="DeploymentIdentityOptions.PrincipalArn"/>.</param>
    /// <param name="externalId">The tenant's external id.</param>
    public static AccessPolicyDocuments For(SourceSettings settings, string? principalArn, string externalId) =>
        new(principalArn, null, settings.Region, externalId);
}

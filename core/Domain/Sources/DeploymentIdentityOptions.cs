namespace QualityIngest.Domain.Sources;

/// <summary>
/// The deployment's own AWS identity, which reads granted buckets (<see cref="ServiceCredentials"/>) and assumes tenants'
/// roles (<see cref="IamRoleCredentials"/>). At most one kind is set; with none, both are refused. Section <c>Aws</c>.
/// </summary>
public sealed record DeploymentIdentityOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Aws";

    /// <summary>The ARN that tenants' policies name, e.g. <c>arn:aws:iam::123456789012:role/QualityIngest</c>.</summary>
    public string? PrincipalArn { get; init; }

    /// <summary>An access key's id; needs <see cref="SecretAccessKey"/>.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>The access key's secret.</summary>
    public string? SecretAccessKey { get; init; }

    /// <summary>A role assumed with a web identity token; needs <see cref="WebIdentityTokenFile"/>.</summary>
    public string? WebIdentityRoleArn { get; init; }

    /// <summary>The file with the token, read anew at every refresh.</summary>
    public string? WebIdentityTokenFile { get; init; }

    /// <summary>The region whose STS takes the web identity token. Default <c>us-east-1</c>.</summary>
    public string StsRegion { get; init; } = "us-east-1";

    /// <summary>The STS URL that takes the web identity token; null: AWS's in <see cref="StsRegion"/>.</summary>
    public string? StsEndpoint { get; init; }

    /// <summary>Whether to take what the environment offers: AWS_ variables, profile, container or instance role. Default no.</summary>
    public bool UseEnvironment { get; init; }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace QualityIngest.Domain.Sources;

/// <summary>What to paste into AWS so that a connector may read, and nothing more: indented JSON documents.</summary>
/// <param name="PrincipalArn">The deployment's own principal; null when it is not configured or not involved.</param>
/// <param name="BucketPolicy">For the bucket: needed when the reader belongs to another account; null where the reader is the tenant's own user.</param>
/// <param name="IamPolicy">For the tenant's user or role; null for the deployment's own identity.</param>
/// <param name="TrustPolicy">For the tenant's role; null without one, and until the deployment's principal is configured.</param>
public sealed record AccessPolicyDocuments(string? PrincipalArn, string? BucketPolicy, string? IamPolicy, string? TrustPolicy);

/// <summary>Writes the policies of a connector.</summary>
public static class AccessPolicy
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Writes the policies: <c>s3:GetObject</c> on what lies under the paths and in the allowed buckets, and
    /// <c>s3:ListBucket</c> for the paths' prefixes. Rows that refer to objects elsewhere in the bucket need those added.
    /// </summary>
    /// <param name="settings">Where and as whom.</param>
    /// <param name="principalArn"><see cref="DeploymentIdentityOptions.PrincipalArn"/>.</param>
    /// <param name="externalId">The tenant's external id.</param>
    public static AccessPolicyDocuments For(SourceSettings settings, string? principalArn, string externalId) => settings.Credentials switch
    {
        AccessKeyCredentials => new(null, null, Reading(settings, null), null),
        IamRoleCredentials role => new(
            principalArn,
            Reading(settings, role.RoleArn),
            Reading(settings, null),
            principalArn is null ? null : Trust(principalArn, externalId)),
        ServiceCredentials => new(principalArn, principalArn is null ? null : Reading(settings with { AllowedBuckets = [] }, principalArn), null, null),
        _ => throw new NotSupportedException($"Unknown credentials {settings.Credentials.GetType().Name}."),
    };

    private static string Reading(SourceSettings settings, string? principal)
    {
        var partition = Partition(settings.Region);
        var bucket = settings.Bucket();
        var prefixes = settings.Paths.All().Select(path => Literal(path.Path.Prefix)).Distinct().ToList();
        // A bucket's policy speaks of that bucket only.
        var others = principal is null ? settings.AllowedBuckets.Where(other => other != bucket) : [];
        var list = Statement("ListThePaths", "s3:ListBucket", principal, [$"arn:{partition}:s3:::{bucket}"]);
        list["Condition"] = new JsonObject { ["StringLike"] = new JsonObject { ["s3:prefix"] = Texts(prefixes.Select(prefix => prefix + "*")) } };
        return Document(
            list,
            Statement("ReadTheObjects", "s3:GetObject", principal,
                [.. prefixes.Select(prefix => $"arn:{partition}:s3:::{bucket}/{prefix}*"), .. others.Select(other => $"arn:{partition}:s3:::{other}/*")]));
    }

    private static string Trust(string principal, string externalId) => Document(new JsonObject
    {
        ["Effect"] = "Allow",
        ["Principal"] = new JsonObject { ["AWS"] = principal },
        ["Action"] = "sts:AssumeRole",
        ["Condition"] = new JsonObject { ["StringEquals"] = new JsonObject { ["sts:ExternalId"] = externalId } },
    });

    private static JsonObject Statement(string sid, string action, string? principal, IEnumerable<string> resources)
    {
        var statement = new JsonObject { ["Sid"] = sid, ["Effect"] = "Allow" };
        if (principal is not null)
            statement["Principal"] = new JsonObject { ["AWS"] = principal };
        statement["Action"] = action;
        statement["Resource"] = Texts(resources);
        return statement;
    }

    private static string Document(params JsonNode?[] statements) =>
        new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statements) }.ToJsonString(Indented);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    // IAM's wildcards and variables, which a key may hold as plain characters.
    private static string Literal(string prefix) =>
        prefix.Replace("$", "${$}", StringComparison.Ordinal)
            .Replace("*", "${*}", StringComparison.Ordinal)
            .Replace("?", "${?}", StringComparison.Ordinal);

    private static string Partition(string region) =>
        region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn"
        : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov"
        : "aws";
}

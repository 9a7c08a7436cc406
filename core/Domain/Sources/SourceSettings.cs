using System.Text.Json.Serialization;

namespace QualityIngest.Domain.Sources;

/// <summary>Where a connector reads, without its secret.</summary>
public sealed record SourceSettings
{
    /// <summary>The AWS region of the bucket, e.g. <c>eu-central-1</c>; for S3-compatible stores, what they sign with.</summary>
    public required string Region { get; init; }

    /// <summary>The URL of an S3-compatible store; null: AWS.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The STS URL that belongs to <c>endpoint</c>; null: AWS's, or the endpoint itself when one is set.</summary>
    public string? StsEndpoint { get; init; }

    /// <summary>The path or paths to read, all in one bucket.</summary>
    public required SourcePaths Paths { get; init; }

    /// <summary>Who reads the bucket, and how that is shown to AWS.</summary>
    public required SourceCredentials Credentials { get; init; }

    /// <summary>Only objects last modified at this time or later are ingested; null: all.</summary>
    public DateTimeOffset? IngestFrom { get; init; }

    /// <summary>Other buckets that rows may refer to, read with the same credentials.</summary>
    public IReadOnlyList<string> AllowedBuckets { get; init; } = [];

    /// <summary>Hosts whose HTTPS URLs rows may refer to, as <c>host</c> or <c>host:port</c>.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];
}

/// <summary>The path or paths of a source, stored with <c>s3://</c> and a trailing slash.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(UnifiedPath), "unified")]
[JsonDerivedType(typeof(SeparatePaths), "separate")]
public abstract record SourcePaths;

/// <summary>One path for voice and chat.</summary>
/// <param name="Path">Where all conversations lie, e.g. <c>s3://bucket/conversations/</c>.</param>
public sealed record UnifiedPath(string Path) : SourcePaths;

/// <summary>One path a channel; a row of the other channel is rejected there.</summary>
/// <param name="VoicePath">Where calls lie, e.g. <c>s3://bucket/voice/</c>.</param>
/// <param name="ChatPath">Where chats lie, e.g. <c>s3://bucket/chat/</c>.</param>
public sealed record SeparatePaths(string VoicePath, string ChatPath) : SourcePaths;

/// <summary>Who reads the bucket.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AccessKeyCredentials), "accessKeys")]
[JsonDerivedType(typeof(IamRoleCredentials), "iamRole")]
[JsonDerivedType(typeof(ServiceCredentials), "service")]
public abstract record SourceCredentials;

/// <summary>An IAM user's access keys.</summary>
/// <param name="AccessKeyId">The id, which is shown.</param>
/// <param name="SecretAccessKey">The secret: written, sealed, never read back. Null when reading, or to keep the stored one.</param>
public sealed record AccessKeyCredentials(string AccessKeyId, string? SecretAccessKey = null) : SourceCredentials;

/// <summary>A role that the deployment's own identity assumes, always with the tenant's external id.</summary>
/// <param name="RoleArn">The role to take on, e.g. <c>arn:aws:iam::123456789012:role/Reader</c>.</param>
public sealed record IamRoleCredentials(string RoleArn) : SourceCredentials;

/// <summary>The deployment's own identity, where an administrator granted the bucket to the tenant.</summary>
public sealed record ServiceCredentials : SourceCredentials;

namespace QualityIngest.TestKit.S3;

/// <summary>A user of the test server, who may do nothing until a bucket policy says otherwise.</summary>
/// <param name="Name">Unique on the server: the name that was asked for with a random ending.</param>
/// <param name="AccessKey">The access key id.</param>
/// <param name="SecretKey">The secret access key.</param>
public sealed record S3User(string Name, string AccessKey, string SecretKey)
{
    /// <summary>What a policy's <c>Principal</c> names.</summary>
    public string Arn => $"arn:aws:iam:::user/{Name}";
}

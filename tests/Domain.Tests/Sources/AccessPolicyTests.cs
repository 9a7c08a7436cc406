using System.Text.Json.Nodes;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Tests.Sources;

public sealed class AccessPolicyTests
{
    private const string Principal = "arn:aws:iam::111122223333:role/quality-ingest";

    private static readonly SourceSettings Settings = new()
    {
        Region = "eu-central-1",
        Paths = new SeparatePaths("s3://bucket/voice/", "s3://bucket/chat/"),
        Credentials = new IamRoleCredentials("arn:aws:iam::444455556666:role/reader"),
        AllowedBuckets = ["media"],
    };

    [Fact]
    public void A_role_gets_rights_a_trust_and_a_bucket_policy()
    {
        var documents = AccessPolicy.For(Settings, Principal, "ext-1");

        Assert.Equal(Principal, documents.PrincipalArn);
        Same("""
            {"Version":"2012-10-17","Statement":[
              {"Sid":"ListThePaths","Effect":"Allow","Action":"s3:ListBucket","Resource":["arn:aws:s3:::bucket"],
               "Condition":{"StringLike":{"s3:prefix":["voice/*","chat/*"]}}},
              {"Sid":"ReadTheObjects","Effect":"Allow","Action":"s3:GetObject",
               "Resource":["arn:aws:s3:::bucket/voice/*","arn:aws:s3:::bucket/chat/*","arn:aws:s3:::media/*"]}]}
            """, documents.IamPolicy);
        Same("""
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/quality-ingest"},"Action":"sts:AssumeRole",
               "Condition":{"StringEquals":{"sts:ExternalId":"ext-1"}}}]}
            """, documents.TrustPolicy);
        Assert.Contains("arn:aws:iam::444455556666:role/reader", documents.BucketPolicy, StringComparison.Ordinal);
        Assert.DoesNotContain("media", documents.BucketPolicy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_gets_rights_only()
    {
        var documents = AccessPolicy.For(Settings with { Credentials = new AccessKeyCredentials("AKIA") }, Principal, "ext-1");

        Assert.NotNull(documents.IamPolicy);
        Assert.Equal((null, null, null), (documents.PrincipalArn, documents.BucketPolicy, documents.TrustPolicy));
    }

    [Fact]
    public void The_service_is_let_in_by_the_bucket()
    {
        var documents = AccessPolicy.For(Settings with { Credentials = new ServiceCredentials() }, Principal, "ext-1");

        Assert.Equal(2, JsonNode.Parse(documents.BucketPolicy!)!["Statement"]!.AsArray().Count(statement => (string?)statement!["Principal"]!["AWS"] == Principal));
        Assert.Equal((null, null), (documents.IamPolicy, documents.TrustPolicy));
        Assert.Null(AccessPolicy.For(Settings with { Credentials = new ServiceCredentials() }, null, "ext-1").BucketPolicy);
    }

    [Theory]
    [InlineData("cn-north-1", "arn:aws-cn:s3:::bucket")]
    [InlineData("us-gov-west-1", "arn:aws-us-gov:s3:::bucket")]
    [InlineData("us-east-1", "arn:aws:s3:::bucket")]
    public void Every_partition_has_its_own_names(string region, string arn) =>
        Assert.Contains($"\"{arn}\"", AccessPolicy.For(Settings with { Region = region }, Principal, "ext-1").IamPolicy, StringComparison.Ordinal);

    [Fact]
    public void Wildcards_in_a_prefix_are_taken_literally() =>
        Assert.Contains(
            "\"a${*}b${?}c${$}d/*\"",
            AccessPolicy.For(Settings with { Paths = new UnifiedPath("s3://bucket/a*b?c$d/") }, Principal, "ext-1").IamPolicy,
            StringComparison.Ordinal);

    [SkippableFact]
    public async Task The_bucket_policy_that_is_shown_is_all_that_is_needed()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.csv", "x");
        await reading.Server.Put(reading.Bucket, "elsewhere/b.csv", "x");
        var service = await reading.Server.CreateUser("service");
        reading.Identity = new() { AccessKeyId = service.AccessKey, SecretAccessKey = service.SecretKey, PrincipalArn = service.Arn };
        var access = reading.Access(reading.Settings() with { Credentials = new ServiceCredentials() }) with { ServiceGranted = true };
        var source = reading.Open(access);

        Assert.Equal("list_denied", (await Reading.Failure(() => source.Probe(default))).Code);
        await reading.Server.PutPolicy(reading.Bucket, AccessPolicy.For(access.Settings, service.Arn, Reading.ExternalId).BucketPolicy!);

        await source.Probe(default);
        Assert.Equal("x", await Reading.Text(await source.Get(reading.Bucket, "in/a.csv", null, null, default)));
        Assert.Equal("get_denied", (await Reading.Failure(() => source.Get(reading.Bucket, "elsewhere/b.csv", null, null, default))).Code);
        Assert.Equal("list_denied", (await Reading.Failure(() => source.List(reading.Bucket, "elsewhere/", null, 1000, default))).Code);
    }

    private static void Same(string expected, string? actual) => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual!)), actual);
}

using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Domain.Tests.Kit;

public sealed class S3ServerTests
{
    [SkippableFact]
    public async Task An_object_comes_back_as_it_was_stored()
    {
        var server = await S3Server.Shared();
        var bucket = await server.NewBucket();
        using var client = server.Client();

        var etag = await server.Put(bucket, "folder/a b+c%.csv", "first,second\n1,2\n");

        using var stored = await client.GetObjectAsync(bucket, "folder/a b+c%.csv");
        using var reader = new StreamReader(stored.ResponseStream);
        Assert.Equal("first,second\n1,2\n", await reader.ReadToEndAsync());
        Assert.Equal(etag, stored.ETag);
    }

    [SkippableFact]
    public async Task A_user_without_rights_is_refused_until_a_policy_grants_them()
    {
        var server = await S3Server.Shared();
        var bucket = await server.NewBucket();
        await server.Put(bucket, "in/a.csv", "x");
        var user = await server.CreateUser("reader");
        using var client = server.Client(new BasicAWSCredentials(user.AccessKey, user.SecretKey));

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => client.GetObjectAsync(bucket, "in/a.csv"));
        Assert.Equal((HttpStatusCode.Forbidden, "AccessDenied"), (refusal.StatusCode, refusal.ErrorCode));

        await server.PutPolicy(bucket, $$"""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["{{user.Arn}}"]},
             "Action":["s3:GetObject"],"Resource":["arn:aws:s3:::{{bucket}}/*"]}]}
            """);
        using var granted = await client.GetObjectAsync(bucket, "in/a.csv");
        Assert.Equal(1, granted.ContentLength);
        await Assert.ThrowsAsync<AmazonS3Exception>(() => client.ListObjectsV2Async(new() { BucketName = bucket }));
    }

    [SkippableFact]
    public async Task A_role_is_assumed_by_those_whom_it_trusts_and_by_nobody_else()
    {
        var server = await S3Server.Shared();
        var bucket = await server.NewBucket();
        await server.Put(bucket, "a.csv", "x");
        var (trusted, stranger) = (await server.CreateUser("trusted"), await server.CreateUser("stranger"));
        var role = await server.CreateRole("importer",
            $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["{{trusted.Arn}}"]},"Action":["sts:AssumeRole"]}]}""",
            $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::{{bucket}}","arn:aws:s3:::{{bucket}}/*"]}]}""");

        var session = await Assume(server, trusted, role);
        using var client = server.Client(new SessionAWSCredentials(session.AccessKeyId, session.SecretAccessKey, session.SessionToken));
        using var stored = await client.GetObjectAsync(bucket, "a.csv");
        Assert.Equal(1, stored.ContentLength);
        await Assert.ThrowsAsync<AmazonSecurityTokenServiceException>(() => Assume(server, stranger, role));
    }

    private static async Task<Credentials> Assume(S3Server server, S3User user, string role)
    {
        using var sts = new AmazonSecurityTokenServiceClient(user.AccessKey, user.SecretKey,
            new AmazonSecurityTokenServiceConfig { ServiceURL = server.Endpoint, AuthenticationRegion = S3Server.Region, MaxErrorRetry = 0 });
        return (await sts.AssumeRoleAsync(new() { RoleArn = role, RoleSessionName = "test" })).Credentials;
    }
}

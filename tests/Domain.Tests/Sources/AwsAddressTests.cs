using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using QualityIngest.Domain.Outbound;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Tests.Sources;

public sealed class AwsAddressTests
{
    [Theory]
    [InlineData("my-bucket", "eu-central-1", "https://my-bucket.s3.eu-central-1.amazonaws.com/in/a%20b%2Bc%25.csv")]
    [InlineData("my-bucket", "us-east-1", "https://my-bucket.s3.us-east-1.amazonaws.com/in/a%20b%2Bc%25.csv")]
    [InlineData("my.bucket", "eu-central-1", "https://s3.eu-central-1.amazonaws.com/my.bucket/in/a%20b%2Bc%25.csv")]
    [InlineData("my_bucket", "eu-central-1", "https://s3.eu-central-1.amazonaws.com/my_bucket/in/a%20b%2Bc%25.csv")]
    [InlineData("my-bucket", "cn-north-1", "https://my-bucket.s3.cn-north-1.amazonaws.com.cn/in/a%20b%2Bc%25.csv")]
    public void A_bucket_stands_in_the_host_s_name_when_it_can(string bucket, string region, string url) =>
        Assert.Equal(url, Address(bucket, region, null));

    [Fact]
    public void A_store_of_another_make_is_addressed_by_path() =>
        Assert.Equal("https://store.example.com/my-bucket/in/a%20b%2Bc%25.csv", Address("my-bucket", "us-east-1", new("https://store.example.com")));

    private static string Address(string bucket, string region, Uri? endpoint)
    {
        using var clients = new AwsClients(new(Reading.Wrap(new OutboundOptions())));
        using var client = clients.Store(new BasicAWSCredentials("AKIA", "secret"), region, endpoint, pathStyle: endpoint is not null || !S3Path.IsDnsLabel(bucket));
        var request = new GetPreSignedUrlRequest { BucketName = bucket, Key = "in/a b+c%.csv", Expires = DateTime.UtcNow.AddMinutes(1), Protocol = Protocol.HTTPS };
        return client.GetPreSignedURL(request).Split('?')[0];
    }
}

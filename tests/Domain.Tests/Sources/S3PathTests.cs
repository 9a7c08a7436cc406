using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Tests.Sources;

public sealed class S3PathTests
{
    [Theory]
    [InlineData("s3://bucket/conversations/", "s3://bucket/conversations/")]
    [InlineData("s3://bucket/conversations", "s3://bucket/conversations/")]
    [InlineData("bucket/conversations", "s3://bucket/conversations/")]
    [InlineData("bucket/conversations/", "s3://bucket/conversations/")]
    [InlineData("  S3://bucket/conversations/  ", "s3://bucket/conversations/")]
    [InlineData("bucket", "s3://bucket/")]
    [InlineData("s3://bucket/", "s3://bucket/")]
    [InlineData("bucket/a b+c%20/é", "s3://bucket/a b+c%20/é/")]
    [InlineData("bucket/a//b", "s3://bucket/a//b/")]
    [InlineData("old.Bucket_name/x", "s3://old.Bucket_name/x/")]
    public void A_path_is_stored_in_one_form_however_it_is_entered(string text, string stored)
    {
        Assert.True(S3Path.TryParse(text, out var path, out _));
        Assert.Equal(stored, path.Stored);
        Assert.Equal(path, S3Path.Parse(path.Stored));
    }

    [Theory]
    [InlineData(null, "bucket_name_invalid")]
    [InlineData("", "bucket_name_invalid")]
    [InlineData("s3://", "bucket_name_invalid")]
    [InlineData("/bucket/x", "bucket_name_invalid")]
    [InlineData("ab/x", "bucket_name_invalid")]
    [InlineData("a..b/x", "bucket_name_invalid")]
    [InlineData("-bucket/x", "bucket_name_invalid")]
    [InlineData("buck et/x", "bucket_name_invalid")]
    [InlineData("arn:aws:s3:::bucket/x", "bucket_name_invalid")]
    [InlineData("bucket/a\nb", "path_invalid")]
    [InlineData("bucket//a", "path_invalid")]
    [InlineData("https://bucket.s3.amazonaws.com/x", "path_invalid")]
    public void What_is_no_path_is_refused_by_name(string? text, string code)
    {
        Assert.False(S3Path.TryParse(text, out _, out var fault));
        Assert.Equal(code, fault.Code);
    }

    [Theory]
    [InlineData("bucket/a", "bucket/a", true)]
    [InlineData("bucket/a", "bucket/a/b", true)]
    [InlineData("bucket/a/b", "bucket/a", true)]
    [InlineData("bucket", "bucket/a", true)]
    [InlineData("bucket/a", "bucket/ab", false)]
    [InlineData("bucket/a", "bucket/b", false)]
    [InlineData("bucket/a", "other-bucket/a", false)]
    public void Paths_overlap_when_a_key_could_lie_under_both(string left, string right, bool overlap) =>
        Assert.Equal(overlap, S3Path.Parse(left).Overlaps(S3Path.Parse(right)));

    [Theory]
    [InlineData("bucket-1", true)]
    [InlineData("my.bucket", false)]
    [InlineData("my_bucket", false)]
    [InlineData("MyBucket", false)]
    public void A_bucket_whose_name_is_no_DNS_label_is_told(string bucket, bool label) => Assert.Equal(label, S3Path.IsDnsLabel(bucket));

    [Fact]
    public void Separate_paths_keep_their_channels_apart() => Assert.Equal(
        [("s3://bucket/v/", Channel.Voice), ("s3://bucket/c/", Channel.Chat)],
        new SeparatePaths("s3://bucket/v/", "s3://bucket/c/").All().Select(path => (path.Path.Stored, path.Channel!.Value)));
}

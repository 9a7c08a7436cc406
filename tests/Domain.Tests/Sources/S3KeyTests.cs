using QualityIngest.Domain.Sources;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Domain.Tests.Sources;

public sealed class S3KeyTests
{
    public static TheoryData<string> OddKeys =>
    [
        "in/plain.csv",
        "in/with space.csv",
        "in/plus+plus.csv",
        "in/percent%20twenty%2Fslash%.csv",
        "in/12:30:00.csv",
        "in/grüße/日本語/🙂.csv",
        "in/tab\tnewline\nbell\u0007.csv",
        "in/&<>\"'`{}[]|\\^~#?=;,@!$*().csv",
        "in//double//slash.csv",
        "in/./dot.csv",
        "in/../up.csv",
        "in/ends with space ",
    ];

    [SkippableTheory]
    [MemberData(nameof(OddKeys))]
    public async Task A_key_is_listed_and_read_exactly_as_it_was_stored(string key)
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, key, "content of " + key);
        var source = reading.Open();

        var page = await source.List(reading.Bucket, "in/", null, 1000, default);

        var entry = Assert.Single(page.Objects);
        Assert.Equal(key, entry.Key);
        Assert.Equal("content of " + key, await Reading.Text(await source.Get(reading.Bucket, entry.Key, entry.ETag, null, default)));
        Assert.Empty((await source.List(reading.Bucket, "in/", entry.Key, 1000, default)).Objects);
    }

    [SkippableFact]
    public async Task A_key_that_begins_with_a_slash_is_refused_and_never_taken_for_the_one_without()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "a.csv", "without");
        var source = reading.Open(reading.Access(reading.Settings("")));

        var failure = await Reading.Failure(() => source.Get(reading.Bucket, "/a.csv", null, null, default));

        Assert.Equal(("key_not_supported", FailureClass.Item, false), (failure.Code, failure.Class, failure.Retryable));
    }

    [SkippableFact]
    public async Task A_signature_that_is_refused_for_one_key_only_is_no_wrong_secret()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.csv", "x");
        await reading.Server.Put(reading.Bucket, "in/b.csv", "x");
        reading.Proxy.Inject(request => request.Key == "in/a.csv", Fault.Error(403, "SignatureDoesNotMatch", ""));

        var failure = await Reading.Failure(() => reading.Open().Get(reading.Bucket, "in/a.csv", null, null, default));

        Assert.Equal(("request_refused", FailureClass.Item), (failure.Code, failure.Class));
    }

    [SkippableFact]
    public async Task A_prefix_with_odd_characters_lists_only_what_lies_under_it()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "a b+c%20/é/1.csv", "1");
        await reading.Server.Put(reading.Bucket, "a b+c%20/é2/2.csv", "2");
        await reading.Server.Put(reading.Bucket, "a b c /é/3.csv", "3");

        var page = await reading.Open().List(reading.Bucket, "a b+c%20/é/", null, 1000, default);

        Assert.Equal("a b+c%20/é/1.csv", Assert.Single(page.Objects).Key);
    }
}

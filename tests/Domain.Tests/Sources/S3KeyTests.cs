using QualityIngest.Domain.Sources;

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

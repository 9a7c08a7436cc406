using System.Globalization;
using System.Text;
using QualityIngest.Domain.Sources;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Domain.Tests.Sources;

public sealed class S3ListingTests
{
    [SkippableFact]
    public async Task More_than_a_page_of_keys_comes_page_by_page_and_resumes_after_any_key()
    {
        await using var reading = await Reading.Start();
        var keys = Enumerable.Range(0, 1003).Select(number => $"in/{number:D4}.csv").ToArray();
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (key, _) => await reading.Server.Put(reading.Bucket, key, "x"));
        var source = reading.Open();

        var first = await source.List(reading.Bucket, "in/", null, 5000, default);
        var second = await source.List(reading.Bucket, "in/", first.Objects[^1].Key, 1000, default);
        var resumed = await source.List(reading.Bucket, "in/", "in/0499.csv", 2, default);

        Assert.Equal(keys[..1000], first.Objects.Select(entry => entry.Key));
        Assert.True(first.More);
        Assert.Equal(keys[1000..], second.Objects.Select(entry => entry.Key));
        Assert.False(second.More);
        Assert.Equal(["in/0500.csv", "in/0501.csv"], resumed.Objects.Select(entry => entry.Key));
        Assert.All(reading.Proxy.Requests, request => Assert.DoesNotContain("continuation-token", request.Query.Keys));
    }

    [SkippableFact]
    public async Task An_entry_tells_what_the_store_knows()
    {
        await using var reading = await Reading.Start();
        var etag = await reading.Server.Put(reading.Bucket, "in/a.csv", "12345");

        var entry = Assert.Single((await reading.Open().List(reading.Bucket, "in/", null, 1000, default)).Objects);

        Assert.Equal((etag.Trim('"'), 5L, "STANDARD"), (entry.ETag, entry.Size, entry.StorageClass));
        Assert.InRange(entry.LastModified, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
    }

    [SkippableFact]
    public async Task The_prefix_is_sent_whole_so_that_a_longer_name_does_not_match()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in2/a.csv", "x");

        Assert.Empty((await reading.Open().List(reading.Bucket, "in/", null, 1000, default)).Objects);
        Assert.Equal("in/", Assert.Single(reading.Proxy.Requests).Query["prefix"]);
    }

    public static TheoryData<string, Func<string, string>> Mutilations => new()
    {
        { "its end is missing", body => body[..(body.Length / 2)] },
        { "an entry is missing", body => body.Remove(body.IndexOf("<Contents>", StringComparison.Ordinal), body.IndexOf("</Contents>", StringComparison.Ordinal) + 11 - body.IndexOf("<Contents>", StringComparison.Ordinal)) },
        { "it does not say whether it ends", body => body.Replace("<IsTruncated>false</IsTruncated>", "", StringComparison.Ordinal) },
        { "it goes on after nothing", _ => """<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><KeyCount>0</KeyCount><IsTruncated>true</IsTruncated></ListBucketResult>""" },
        { "an entry has no size", body => body.Replace("<Size>1</Size>", "", StringComparison.Ordinal) },
        { "it is empty", _ => "" },
        { "it is a web page", _ => "<html><body>Welcome to the hotel" },
    };

    [SkippableTheory]
    [MemberData(nameof(Mutilations))]
    public async Task A_listing_is_never_taken_for_whole_when(string what, Func<string, string> mutilate)
    {
        Assert.NotEmpty(what);
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.csv", "x");
        await reading.Server.Put(reading.Bucket, "in/b.csv", "x");
        reading.Proxy.Inject(request => request.IsListing, Fault.Rewrite(body => Encoding.UTF8.GetBytes(mutilate(Encoding.UTF8.GetString(body)))));

        var failure = await Reading.Failure(() => reading.Open().List(reading.Bucket, "in/", null, 1000, default));

        Assert.Equal(("listing_cut_short", FailureClass.Transient), (failure.Code, failure.Class));
    }

    [SkippableFact]
    public async Task A_listing_whose_connection_breaks_is_never_taken_for_whole()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.csv", "x");
        reading.Proxy.Inject(request => request.IsListing, Fault.CutBody(200));

        var failure = await Reading.Failure(() => reading.Open().List(reading.Bucket, "in/", null, 1000, default));

        Assert.Equal(("listing_cut_short", FailureClass.Transient), (failure.Code, failure.Class));
    }

    [SkippableFact]
    public async Task A_store_that_ignores_where_to_start_is_refused_rather_than_read_for_ever()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.csv", "x");
        await reading.Server.Put(reading.Bucket, "in/b.csv", "x");
        reading.Proxy.Inject(request => request.IsListing, Fault.Rewrite(body =>
            Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace("in/b.csv", "in/a.csv", false, CultureInfo.InvariantCulture).Replace("in%2Fb.csv", "in%2Fa.csv", StringComparison.OrdinalIgnoreCase))));

        var failure = await Reading.Failure(() => reading.Open().List(reading.Bucket, "in/", "in/a.csv", 1000, default));

        Assert.Equal(("listing_unsupported", FailureClass.Connector), (failure.Code, failure.Class));
    }
}

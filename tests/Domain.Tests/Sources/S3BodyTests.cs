using System.Text;
using QualityIngest.Domain.Sources;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Domain.Tests.Sources;

public sealed class S3BodyTests
{
    [SkippableTheory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(99_999)]
    public async Task A_body_that_is_cut_short_throws_instead_of_ending(int after)
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.csv", new byte[100_000]);
        reading.Proxy.Inject(request => request.IsRead, Fault.CutBody(after));

        var failure = await Reading.Failure(async () => await Reading.Text(await reading.Open().Get(reading.Bucket, "in/a.csv", null, null, default)));

        Assert.Equal(FailureClass.Transient, failure.Class);
        Assert.True(failure.Code == "body_cut_short" || (after == 0 && failure.Code == "network"), failure.Code);
    }

    [Fact]
    public async Task A_body_that_ends_early_without_a_word_throws_too()
    {
        await using var body = new MeasuredStream(new MemoryStream(Encoding.ASCII.GetBytes("1234")), announced: 5, limit: 100, TimeSpan.FromSeconds(30));

        Assert.Equal("body_cut_short", (await Reading.Failure(() => body.CopyToAsync(Stream.Null))).Code);
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_bounded_all_the_same()
    {
        await using var body = new MeasuredStream(new MemoryStream(new byte[101]), announced: null, limit: 100, TimeSpan.FromSeconds(30));

        Assert.Equal("file_too_large", (await Reading.Failure(() => body.CopyToAsync(Stream.Null))).Code);
    }

    [SkippableFact]
    public async Task An_open_object_tells_its_tag_time_and_size()
    {
        await using var reading = await Reading.Start();
        var etag = await reading.Server.Put(reading.Bucket, "in/a.csv", "12345");

        await using var opened = await reading.Open().Get(reading.Bucket, "in/a.csv", null, null, default);

        Assert.Equal((etag.Trim('"'), 5L), (opened.ETag, opened.Size));
        Assert.InRange(opened.LastModified!.Value, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
    }

    [SkippableFact]
    public async Task An_empty_object_is_an_empty_body()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.csv", "");

        Assert.Equal("", await Reading.Text(await reading.Open().Get(reading.Bucket, "in/a.csv", null, null, default)));
        await reading.Open().Probe(default);
    }

    [SkippableFact]
    public async Task A_silent_store_is_given_up_on()
    {
        await using var reading = await Reading.Start();
        reading.Options = new() { RequestTimeout = TimeSpan.FromMilliseconds(300) };
        reading.Proxy.Inject(_ => true, Fault.Silence());

        var failure = await Reading.Failure(() => reading.Open().List(reading.Bucket, "in/", null, 1000, default));

        Assert.Equal(("timeout", FailureClass.Transient), (failure.Code, failure.Class));
    }

    [SkippableFact]
    public async Task A_caller_who_cancels_is_not_told_of_a_failure()
    {
        await using var reading = await Reading.Start();
        using var cancelled = new CancellationTokenSource();
        reading.Proxy.Inject(_ => true, Fault.Before(async cancel =>
        {
            await cancelled.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancel);
        }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.Open().List(reading.Bucket, "in/", null, 1000, cancelled.Token));
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;
using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Conversations.Pictures;
using Conversation = QualityIngest.Client.Conversation;

namespace QualityIngest.Api.Tests.Conversations;

public sealed class WaveformTests(RecordingHost host) : IClassFixture<RecordingHost>
{
    private static readonly Waveform Stored = new(
        4_000, 1_000, new([10, 255, 0, 3], [new(0, 1_800)]), new([0, 80, 90, 0], [new(1_500, 3_000)]), [new(1_500, 1_800)]);

    [SkippableFact]
    public async Task It_is_told_as_it_was_stored()
    {
        var (bucket, call) = await Call();

        var told = await bucket.Client.GetWaveformAsync(call.Id);

        Assert.Equal((call.Id, "c-1", 1, call.Version), (told.ConversationId, told.ExternalId, told.Revision, told.Version));
        Assert.Equal((4_000, 1_000), (told.DurationMs, told.BucketMs));
        Assert.Equal([10, 255, 0, 3], told.Agent.Peaks);
        Assert.Equal([0, 80, 90, 0], told.Customer.Peaks);
        Assert.Equal([(1_500, 3_000)], told.Customer.Speech.Select(interval => (interval.FromMs, interval.ToMs)));
        Assert.Equal([(1_500, 1_800)], told.Overtalk.Select(interval => (interval.FromMs, interval.ToMs)));
    }

    [SkippableTheory]
    [InlineData("waveform.svg", null, "image/svg+xml")]
    [InlineData("waveform", "image/svg+xml", "image/svg+xml")]
    [InlineData("waveform", "image/avif,image/webp,image/svg+xml,image/*,*/*;q=0.8", "image/svg+xml")]
    [InlineData("waveform", "application/json;q=0.5, image/*", "image/svg+xml")]
    [InlineData("waveform", "image/svg+xml;q=0.5, application/json", "application/json")]
    [InlineData("waveform", "*/*", "application/json")]
    [InlineData("waveform", "text/plain", "application/json")]
    [InlineData("waveform", null, "application/json")]
    public async Task It_comes_in_the_form_that_is_liked_best(string form, string? accept, string type)
    {
        var (bucket, call) = await Call();
        using var http = host.Http(bucket.Tenant.Secret);
        if (accept is not null)
            http.DefaultRequestHeaders.Add("Accept", accept);

        using var answer = await http.GetAsync(new Uri($"/v1/conversations/{call.Id}/{form}", UriKind.Relative));

        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        if (form == "waveform")
            Assert.Contains("Accept", answer.Headers.Vary);
    }

    [SkippableFact]
    public async Task Its_picture_runs_and_fetches_nothing_and_is_known_again()
    {
        var (bucket, call) = await Call();
        using var http = host.Http(bucket.Tenant.Secret);
        var path = new Uri($"/v1/conversations/{call.Id}/waveform.svg", UriKind.Relative);

        using var answer = await http.GetAsync(path);
        http.DefaultRequestHeaders.IfNoneMatch.Add(answer.Headers.ETag!);
        using var again = await http.GetAsync(path);

        var picture = await answer.Content.ReadAsStringAsync();
        Assert.Equal(WaveformSvg.Render(Stored, call.Id, "c-1"), picture);
        Assert.NotNull(XDocument.Parse(picture).Root);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("default-src 'none'; style-src 'unsafe-inline'; sandbox", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal(new EntityTagHeaderValue($"\"{call.Version}-svg\""), answer.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var drawn = await bucket.Client.DrawWaveformAsync(call.Id);
        Assert.Equal(picture, await new StreamReader(drawn.Stream).ReadToEndAsync());
    }

    [SkippableFact]
    public async Task Text_has_none_and_neither_has_another_tenants_call()
    {
        var (bucket, call) = await Call();
        await bucket.PutChats("more.csv", "c-2");
        await bucket.Ingest();
        var chat = await bucket.Conversation("c-2");
        var other = (await host.NewTenant()).Client;
        var transcripts = host.Client((await host.NewKey(bucket.Tenant.Id, "transcripts:read")).Secret);

        await Answer.Refused(409, "no_waveform", () => bucket.Client.GetWaveformAsync(chat.Id));
        await Answer.Refused(409, "no_waveform", () => bucket.Client.DrawWaveformAsync(chat.Id));
        await Answer.Refused(404, "not_found", () => bucket.Client.GetWaveformAsync(call.Id, revision: 2));
        await Answer.Refused(404, "not_found", () => other.GetWaveformAsync(call.Id));
        await Answer.Refused(404, "not_found", () => other.DrawWaveformAsync(call.Id));
        await Answer.Refused(403, "insufficient_scope", () => transcripts.GetWaveformAsync(call.Id));
    }

    private async Task<(Arranged Bucket, Conversation Call)> Call()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("day.csv", "c-1");
        await bucket.Ingest();
        var call = await bucket.Conversation("c-1");
        await host.Attach(call, [], Stored);
        return (bucket, call);
    }
}

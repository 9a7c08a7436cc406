using System.Net;
using System.Text;
using System.Text.Json;
using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Api.Tests.Ingest.Recordings;
using QualityIngest.Client;
using QualityIngest.Domain.Conversations;
using Conversation = QualityIngest.Client.Conversation;
using RecordingSide = QualityIngest.Domain.Conversations.RecordingSide;
using Wire = QualityIngest.Client;

namespace QualityIngest.Api.Tests.Conversations;

public sealed class RecordingTests(RecordingHost host) : IClassFixture<RecordingHost>
{
    private static readonly HttpClient Anybody = new();

    [SkippableFact]
    public async Task A_stereo_recordings_address_is_read_by_anybody_and_leads_to_nothing_else()
    {
        var (bucket, call) = await Call();
        await Attach(bucket, call, RecordingSide.Stereo);
        await bucket.S3.Put(bucket.Bucket, "calls/sound/other.wav", "another");

        var recording = await bucket.Client.GetRecordingAsync(call.Id);

        Assert.Equal((call.Id, 1), (recording.ConversationId, recording.Revision));
        var file = Assert.Single(recording.Files);
        Assert.Equal((Wire.RecordingSide.Stereo, "audio/wav", 6, false), (file.Side, file.ContentType, file.Bytes, file.Changed));
        // By the store's clock, which is known to the second.
        Assert.InRange(file.ExpiresAt!.Value - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(4.5), TimeSpan.FromSeconds(301));
        using var answer = await Anybody.GetAsync(new Uri(file.Url));
        Assert.Equal((HttpStatusCode.OK, "audio/wav", "stereo"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, await answer.Content.ReadAsStringAsync()));
        var other = new UriBuilder(file.Url) { Path = $"/{bucket.Bucket}/calls/sound/other.wav" }.Uri;
        Assert.Equal(HttpStatusCode.Forbidden, (await Anybody.GetAsync(other)).StatusCode);
    }

    [SkippableFact]
    public async Task Two_recordings_have_two_addresses_with_their_sides()
    {
        var (bucket, call) = await Call();
        await Attach(bucket, call, RecordingSide.Agent, RecordingSide.Customer);

        var files = (await bucket.Client.GetRecordingAsync(call.Id)).Files;

        Assert.Equal([Wire.RecordingSide.Agent, Wire.RecordingSide.Customer], files.Select(file => file.Side));
        Assert.Equal(["agent", "customer"], await Task.WhenAll(files.Select(file => Anybody.GetStringAsync(new Uri(file.Url)))));
    }

    [SkippableFact]
    public async Task What_a_foreign_host_has_is_passed_on_to_who_has_a_key()
    {
        var (bucket, call) = await Call(host.ForeignHost);
        await host.Attach(call, [Foreign("/call.wav?signature=very-secret")]);

        var file = Assert.Single((await bucket.Client.GetRecordingAsync(call.Id)).Files);
        var path = new Uri(host.Address, file.Url);

        Assert.Equal((null, $"/v1/conversations/{call.Id}/recording/agent?revision=1"), (file.ExpiresAt, file.Url));
        Assert.Equal(HttpStatusCode.Unauthorized, (await Anybody.GetAsync(path)).StatusCode);
        using var http = host.Http(bucket.Tenant.Secret);
        using var answer = await http.GetAsync(path);
        Assert.Equal(("audio/mpeg", (long?)100_000), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentLength));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(RecordingHost.Sound, await answer.Content.ReadAsByteArrayAsync());
        using var streamed = await bucket.Client.StreamRecordingAsync(call.Id, Wire.RecordingSide.Agent);
        var bytes = new MemoryStream();
        await streamed.Stream.CopyToAsync(bytes);
        Assert.Equal(RecordingHost.Sound, bytes.ToArray());
    }

    [SkippableTheory]
    [InlineData("speech")]
    [InlineData("moved")]
    public async Task A_call_that_another_host_recorded_is_measured_and_its_signature_stays_a_secret(string path)
    {
        var bucket = await host.ArrangeReady(input => input with { Source = input.Source with { AllowedHosts = [host.ForeignHost] } });
        await bucket.PutCalls(
            "day.csv", Calls.Stereo("s-1", $"https://{host.ForeignHost}/{path}?signature=most-secret"),
            Calls.Stereo("s-2", $"https://{host.ForeignHost}/short?signature=most-secret"),
            Calls.Stereo("s-3", "https://elsewhere.example/call.wav?signature=most-secret"));

        await bucket.Ingest();

        var call = await bucket.Conversation("s-1");
        call.Metrics.HeardRight();
        var (cut, refused) = (await bucket.Conversation("s-2"), await bucket.Conversation("s-3"));
        Assert.Equal((Wire.ConversationStatus.Failed, Wire.ConversationStatus.Failed), (cut.Status, refused.Status));
        Assert.Equal("locator_not_allowed", refused.ErrorCode);
        Assert.All(new[] { cut, refused }, failed => Assert.DoesNotContain("secret", failed.ErrorDetail!, StringComparison.Ordinal));
        var file = Assert.Single((await bucket.Client.GetRecordingAsync(call.Id)).Files);
        Assert.Equal(($"/v1/conversations/{call.Id}/recording/stereo?revision=1", "audio/wav"), (file.Url, file.ContentType));
        using var streamed = await bucket.Client.StreamRecordingAsync(call.Id, Wire.RecordingSide.Stereo);
        var bytes = new MemoryStream();
        await streamed.Stream.CopyToAsync(bytes);
        Assert.Equal(SoundFiles.Stereo, bytes.ToArray());
        foreach (var id in new[] { call.Id, cut.Id, refused.Id })
            Assert.DoesNotContain("secret", JsonSerializer.Serialize(await bucket.Client.ListConversationEventsAsync(id)), StringComparison.Ordinal);
        Assert.All(host.Log, line => Assert.DoesNotContain("most-secret", line, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_foreign_recording_that_ends_early_is_not_taken_for_whole()
    {
        var (bucket, call) = await Call(host.ForeignHost);
        await host.Attach(call, [Foreign("/short")]);
        using var http = host.Http(bucket.Tenant.Secret);

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetByteArrayAsync(new Uri($"/v1/conversations/{call.Id}/recording/agent", UriKind.Relative)));
    }

    [SkippableFact]
    public async Task A_host_that_the_connector_may_not_read_any_more_is_not_read()
    {
        var (bucket, call) = await Call();
        await host.Attach(call, [Foreign("/call.wav")]);

        await Answer.Refused(409, "locator_not_allowed", () => bucket.Client.StreamRecordingAsync(call.Id, Wire.RecordingSide.Agent));
    }

    [SkippableFact]
    public async Task What_lies_in_a_bucket_is_never_passed_on()
    {
        var (bucket, call) = await Call();
        await Attach(bucket, call, RecordingSide.Stereo);

        await Answer.Refused(409, "recording_in_bucket", () => bucket.Client.StreamRecordingAsync(call.Id, Wire.RecordingSide.Stereo));
        await Answer.Refused(404, "not_found", () => bucket.Client.StreamRecordingAsync(call.Id, Wire.RecordingSide.Customer));
    }

    [SkippableFact]
    public async Task Text_has_no_recording()
    {
        var (bucket, chat) = await Call();

        await Answer.Refused(409, "no_recording", () => bucket.Client.GetRecordingAsync(chat.Id));
        await Answer.Refused(409, "no_recording", () => bucket.Client.StreamRecordingAsync(chat.Id, Wire.RecordingSide.Stereo));
        await Answer.Refused(404, "not_found", () => bucket.Client.GetRecordingAsync(chat.Id, revision: 2));
        await Answer.Refused(404, "not_found", () => bucket.Client.GetRecordingAsync(Guid.NewGuid()));
    }

    [SkippableFact]
    public async Task A_recording_that_was_replaced_says_so_and_a_missing_one_is_told()
    {
        var (bucket, call) = await Call();
        await Attach(bucket, call, RecordingSide.Stereo);

        await bucket.S3.Put(bucket.Bucket, "calls/sound/stereo.wav", "another");
        Assert.True(Assert.Single((await bucket.Client.GetRecordingAsync(call.Id)).Files).Changed);

        await bucket.S3.Delete(bucket.Bucket, "calls/sound/stereo.wav");
        await Answer.Refused(409, "object_missing", () => bucket.Client.GetRecordingAsync(call.Id));
    }

    [SkippableFact]
    public async Task An_earlier_revision_keeps_its_recording()
    {
        var (bucket, call) = await Call();
        await Attach(bucket, call, RecordingSide.Stereo);
        await bucket.PutCsv("day.csv", [Arranged.Row("c-1", start: "2025-06-10T13:29:00Z")]);
        await bucket.Ingest();
        Assert.Equal(2, (await bucket.Conversation("c-1")).Revision);

        var earlier = await bucket.Client.GetRecordingAsync(call.Id, revision: 1);

        Assert.Equal("stereo", await Anybody.GetStringAsync(new Uri(Assert.Single(earlier.Files).Url)));
        await Answer.Refused(409, "no_recording", () => bucket.Client.GetRecordingAsync(call.Id));
    }

    [SkippableFact]
    public async Task It_needs_the_right_to_know_what_was_said_and_the_right_tenant()
    {
        var (bucket, call) = await Call();
        await Attach(bucket, call, RecordingSide.Stereo);
        var numbers = host.Client((await host.NewKey(bucket.Tenant.Id, "conversations:read")).Secret);
        var other = (await host.NewTenant()).Client;

        await Answer.Refused(403, "insufficient_scope", () => numbers.GetRecordingAsync(call.Id));
        await Answer.Refused(403, "insufficient_scope", () => numbers.StreamRecordingAsync(call.Id, Wire.RecordingSide.Stereo));
        await Answer.Refused(404, "not_found", () => other.GetRecordingAsync(call.Id));
        await Answer.Refused(404, "not_found", () => other.StreamRecordingAsync(call.Id, Wire.RecordingSide.Stereo));
    }

    [SkippableFact]
    public async Task Who_opened_it_is_noted_and_no_address_is_kept()
    {
        var (bucket, call) = await Call(host.ForeignHost);
        await Attach(bucket, call, RecordingSide.Stereo);
        await bucket.Client.GetRecordingAsync(call.Id);
        await host.Attach(call, [Foreign("/call.wav?signature=very-secret")]);
        using (await bucket.Client.StreamRecordingAsync(call.Id, Wire.RecordingSide.Agent))
        {
        }

        var noted = (await host.Admin.ListAuditAsync(bucket.Tenant.Id)).Items.Where(entry => entry.Action == "recording.opened").ToList();

        Assert.Equal(2, noted.Count);
        Assert.All(noted, entry => Assert.Equal(call.Id.ToString(), entry.ResourceId));
        Assert.Equal("""["agent"] ["stereo"]""", string.Join(' ', noted.Select(entry => entry.Detail["sides"].GetRawText())));
        Assert.All(noted, entry => Assert.All(entry.Detail.Values, value => Assert.DoesNotContain("ignature", value.GetRawText(), StringComparison.Ordinal)));
        Assert.NotEmpty(host.Log);
        Assert.All(host.Log, line => Assert.DoesNotMatch("X-Amz-Signature|very-secret", line));
    }

    private async Task<(Arranged Bucket, Conversation Call)> Call(params string[] hosts)
    {
        var bucket = await host.ArrangeReady(input => input with { Source = input.Source with { AllowedHosts = hosts } });
        await bucket.PutChats("day.csv", "c-1");
        await bucket.Ingest();
        return (bucket, await bucket.Conversation("c-1"));
    }

    private async Task Attach(Arranged bucket, Conversation call, params RecordingSide[] sides)
    {
        var places = new List<RecordingPlace>();
        foreach (var side in sides)
        {
            var name = side.ToString().ToLowerInvariant();
            var etag = await bucket.S3.Put(bucket.Bucket, $"calls/sound/{name}.wav", name);
            places.Add(new()
            {
                Side = side,
                Bucket = bucket.Bucket,
                Key = $"calls/sound/{name}.wav",
                Etag = etag.Trim('"'),
                Bytes = Encoding.UTF8.GetByteCount(name),
                ContentType = "audio/wav",
            });
        }

        await host.Attach(call, places);
    }

    private RecordingPlace Foreign(string path) => new()
    {
        Side = RecordingSide.Agent,
        Url = $"https://{host.ForeignHost}{path}",
        Bytes = RecordingHost.Sound.Length,
        ContentType = "audio/mpeg",
    };
}

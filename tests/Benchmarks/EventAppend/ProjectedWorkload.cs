using QualityIngest.Domain;
using QualityIngest.Domain.Conversations;
using QualityIngest.EventStore;

namespace QualityIngest.Benchmarks.EventAppend;

/// <summary>Conversations as ingestion appends them, with the read table <c>conversations</c> written along.</summary>
public static class ProjectedWorkload
{
    private static readonly Guid Connector = Guid.Parse("00000000-0000-7000-8000-000000000001");
    private static readonly Guid File = Guid.Parse("00000000-0000-7000-8000-000000000002");

    /// <summary>One event: received. Three: received, its transcript attached, completed.</summary>
    public static AppendWorkload Conversations { get; } = new(
        "with the conversation projection", DomainEvents.Register(), [new ConversationProjection()], Make, Prepare, "qi.conversations");

    private const string Prepare =
        """
        insert into tenants (id, name, external_id) values ('benchmark', 'Benchmark', 'x');
        insert into sources (id, tenant_id, endpoint, bucket, format)
        values ('00000000-0000-7000-8000-000000000003', 'benchmark', '', 'b', 'quality-csv');
        insert into connectors (id, tenant_id, source_id, name, format, namespace, settings)
        values ('00000000-0000-7000-8000-000000000001', 'benchmark', '00000000-0000-7000-8000-000000000003', 'B', 'quality-csv', 'b', '{}');
        insert into files (id, tenant_id, source_id, connector_id, key, etag, size, last_modified, status, version, discovered_at, updated_at)
        values ('00000000-0000-7000-8000-000000000002', 'benchmark', '00000000-0000-7000-8000-000000000003',
            '00000000-0000-7000-8000-000000000001', 'b.csv', 'e', 1, now(), 'processing', 1, now(), now());
        insert into conversation_contents (tenant_id, conversation_id, revision, parsed)
        select 'benchmark', encode(substr(sha256(int4send(n)), 1, 16), 'hex')::uuid, 1, jsonb_build_object(
            'line', n, 'externalId', 'c-' || n, 'agentPart', '', 'queueId', 'Q-ORDERS', 'agentEmail', 'anna@example.com', 'channel', 'chat',
            'recordingType', 'transcription', 'startedAt', '2026-01-05T08:00:00Z', 'endedAt', '2026-01-05T08:10:00Z',
            'language', 'en', 'languageBase', 'en', 'transcript', 'chats/' || n || '.json', 'contentHash', md5(n::text))
        from generate_series(0, 99999) n;
        analyze;
        """;

    private static StreamAppend Make(int n, int events)
    {
        var id = Ids.Of(n);
        var origin = new RowOrigin(File, "9b2cf535f27731c974343645a3985328", "b.csv", new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero), n);
        object[] all =
        [
            new ConversationReceived(Connector, "b", 1, Ids.Hash(n), origin, Connector, File, []),
            new TranscriptAttached(1, 12, 0, 2_048),
            new ConversationCompleted(1, new Metrics { DurationMs = 600_000, Utterances = 12, AgentMessages = 6, CustomerMessages = 6, FirstResponseMs = 9_000 }, []),
        ];
        var appended = all[..events];
        return new(
            id, ConversationState.StreamType, 0, appended, appended.Aggregate(new ConversationState { Id = id }, ConversationState.Apply));
    }
}

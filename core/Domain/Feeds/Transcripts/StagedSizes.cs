using System.Buffers.Binary;
using System.Runtime.InteropServices;
using QualityIngest.Database;

namespace QualityIngest.Domain.Feeds;

/// <summary>
/// How large the conversations of an import are so far, in a fixed size whatever their number: those whose ids begin alike
/// share a sum. While a sum is within the limit, so is each of them; only then are the staged messages themselves measured.
/// Ids are hashes, so that a shared sum passes a limit of 16 MiB only beyond some 60 GB, or where one conversation is to blame.
/// </summary>
internal sealed class StagedSizes
{
    private const int Sums = 4_096;
    private const int IdBits = 12;

    private readonly byte[] _stored;

    private StagedSizes(byte[] stored) => _stored = stored;

    /// <summary>The sums of an import, locked until the transaction ends.</summary>
    public static async Task<StagedSizes> Lock(PipelineSession session, Guid import, CancellationToken cancel)
    {
        await session.Execute(
            new Statement(
                "insert into feed_staged_sizes (tenant_id, import_id, sizes) values ($1, $2, $3) on conflict (import_id) do nothing",
                session.Tenant, import, new byte[Sums * sizeof(int)]),
            cancel);
        var stored = await session.Scalar<byte[]>(
            new Statement("select sizes from feed_staged_sizes where tenant_id = $1 and import_id = $2 for update", session.Tenant, import), cancel);
        return new(stored!);
    }

    /// <summary>Keeps the sums as they are now.</summary>
    public Task Save(PipelineSession session, Guid import, CancellationToken cancel) =>
        session.Execute(
            new Statement("update feed_staged_sizes set sizes = $3 where tenant_id = $1 and import_id = $2", session.Tenant, import, _stored), cancel);

    /// <summary>The sum of the conversations that begin like this one, with so many more bytes.</summary>
    public long With(Guid conversation, int bytes) => (long)MemoryMarshal.Cast<byte, int>(_stored.AsSpan())[Place(conversation)] + bytes;

    /// <summary>Adds a message that is stored.</summary>
    public void Add(Guid conversation, int bytes)
    {
        ref var sum = ref MemoryMarshal.Cast<byte, int>(_stored.AsSpan())[Place(conversation)];
        sum = (int)Math.Min((long)sum + bytes, int.MaxValue);
    }

    private static int Place(Guid conversation)
    {
        Span<byte> id = stackalloc byte[16];
        conversation.TryWriteBytes(id, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt16BigEndian(id) >> (16 - IdBits);
    }
}

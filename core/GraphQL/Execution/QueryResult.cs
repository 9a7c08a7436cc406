using System.Buffers;
using System.IO.Pipelines;
using Npgsql;

namespace QualityIngest.GraphQL.Execution;

/// <summary>
/// The answer of a statement that has run and is not yet read: <c>{"data":…}</c>, straight from the database. Its transaction
/// has to stay open until it is disposed.
/// </summary>
public sealed class QueryResult : IAsyncDisposable
{
    private const int BufferSize = 64 * 1024;

    private static readonly byte[] s_opening = "{\"data\":"u8.ToArray();
    private static readonly byte[] s_closing = "}"u8.ToArray();

    private readonly NpgsqlBatch? _batch;
    private readonly NpgsqlDataReader? _reader;
    private readonly Stream? _data;

    internal QueryResult(NpgsqlBatch batch, NpgsqlDataReader reader, Stream data) : this(data) => (_batch, _reader) = (batch, reader);

    internal QueryResult(byte[] data) : this(new MemoryStream(data, writable: false))
    {
    }

    private QueryResult(Stream data) => (_data, Length) = (data, data.Length + s_opening.Length + s_closing.Length);

    internal QueryResult(GraphQLError error) => Error = error;

    /// <summary>Why there is no data: <c>LIMIT_EXCEEDED</c> or an error of the database; null where there is.</summary>
    public GraphQLError? Error { get; }

    /// <summary>How many bytes <see cref="CopyTo"/> writes.</summary>
    public long Length { get; }

    /// <summary>Writes the whole answer and flushes it, a buffer at a time. Once only, and not beside an error.</summary>
    public async Task CopyTo(PipeWriter writer, CancellationToken cancel)
    {
        writer.Write(s_opening);
        var data = _data ?? throw new InvalidOperationException("There is an error and no data.");
        for (var left = data.Length; left > 0;)
        {
            // Large buffers are filled from the connection itself, past the driver's own.
            var read = await data.ReadAsync(writer.GetMemory((int)Math.Min(left, BufferSize)), cancel);
            if (read == 0)
                throw new EndOfStreamException("The answer is shorter than it said.");
            left -= read;
            writer.Advance(read);
            if (writer.UnflushedBytes >= BufferSize && (await writer.FlushAsync(cancel)).IsCompleted)
                return; // nobody reads any more
        }
        writer.Write(s_closing);
        await writer.FlushAsync(cancel);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_data is not null)
            await _data.DisposeAsync();
        if (_batch is not null)
            await Close(_batch, _reader);
    }

    /// <summary>Ends a statement, whatever of its answer was read.</summary>
    internal static async Task Close(NpgsqlBatch batch, NpgsqlDataReader? reader)
    {
        await using (batch)
        {
            if (reader is null)
                return;
            try
            {
                await reader.DisposeAsync();
            }
            catch (PostgresException late) when (late.SqlState == PostgresErrorCodes.QueryCanceled)
            {
                // Time that ran out while the row was on its way is told behind it. Who has the row has all.
            }
        }
    }
}

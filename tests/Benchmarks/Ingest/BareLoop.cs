using System.Buffers;
using Amazon.S3;
using QualityIngest.Domain.Formats.Transcripts;

namespace QualityIngest.Benchmarks.Ingest;

/// <summary>The rival: gets the same objects with the same SDK and parallelism, and parses them. It stores nothing.</summary>
public static class BareLoop
{
    /// <summary>Gets and parses every object once and returns how many utterances they hold.</summary>
    public static async Task<long> Run(IAmazonS3 s3, string bucket, IReadOnlyList<string> keys, int parallelism, CancellationToken cancel)
    {
        var utterances = 0L;
        var context = new TranscriptContext { StartedAt = DateTimeOffset.UnixEpoch, EndedAt = DateTimeOffset.UnixEpoch.AddHours(1) };
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancel }, async (key, token) =>
        {
            using var response = await s3.GetObjectAsync(bucket, key, token);
            var bytes = new byte[response.ContentLength];
            await response.ResponseStream.ReadExactlyAsync(bytes, token);
            if (ChatScript.Read(new ReadOnlySequence<byte>(bytes), context) is Transcript transcript)
                Interlocked.Add(ref utterances, transcript.Utterances.Count);
        });
        return utterances;
    }
}

using System.Net.Http.Headers;

namespace QualityIngest.Benchmarks.Webhooks;

/// <summary>The rival: posts one body again and again with the same parallelism. It signs nothing, and remembers nothing.</summary>
public static class BareSender
{
    /// <summary>Posts so many times.</summary>
    public static async Task Run(HttpClient http, Uri url, byte[] body, int times, int parallelism, CancellationToken cancel) =>
        await Parallel.ForEachAsync(
            Enumerable.Range(0, times), new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancel },
            async (n, token) =>
            {
                using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
                content.Headers.Add("webhook-id", $"{n}");
                using var answer = await http.PostAsync(url, content, token);
                answer.EnsureSuccessStatusCode();
            });
}

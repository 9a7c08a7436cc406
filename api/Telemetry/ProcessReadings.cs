using System.Diagnostics;

namespace QualityIngest.Api.Telemetry;

/// <summary>How the process is.</summary>
public static class ProcessReadings
{
    /// <summary>Reads it now.</summary>
    public static IEnumerable<MetricFamily> Read()
    {
        using var process = Process.GetCurrentProcess();
        yield return Counter("process_cpu_seconds_total", "Processor time, of user and system.", process.TotalProcessorTime.TotalSeconds);
        yield return Gauge("process_resident_memory_bytes", "Memory that the process holds.", process.WorkingSet64);
        yield return Gauge("process_start_time_seconds", "When the process began, in seconds since 1970.", new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0);
        yield return Gauge("dotnet_gc_heap_bytes", "Managed memory after the last collection.", GC.GetGCMemoryInfo().HeapSizeBytes);
        yield return new(
            "dotnet_gc_collections_total", MetricType.Counter, "Collections of each generation.",
            [.. Enumerable.Range(0, GC.MaxGeneration + 1).Select(generation => Sample.Of(GC.CollectionCount(generation), KeyValuePair.Create("generation", $"{generation}")))]);
        yield return Gauge("dotnet_threadpool_queue_length", "Pieces of work that wait for a thread.", ThreadPool.PendingWorkItemCount);
        yield return Gauge("dotnet_threadpool_threads", "Threads of the pool.", ThreadPool.ThreadCount);
    }

    private static MetricFamily Gauge(string name, string help, double value) => new(name, MetricType.Gauge, help, [Sample.Of(value)]);

    private static MetricFamily Counter(string name, string help, double value) => new(name, MetricType.Counter, help, [Sample.Of(value)]);
}

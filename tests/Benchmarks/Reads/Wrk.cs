using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace QualityIngest.Benchmarks.Reads;

/// <summary>The load generator <c>wrk</c>.</summary>
internal static partial class Wrk
{
    /// <summary>How many requests a second an address answers.</summary>
    /// <param name="address">The address.</param>
    /// <param name="key">The API key to show.</param>
    /// <param name="clients">Connections that ask one after another.</param>
    /// <param name="span">For how long, in whole seconds.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="InvalidOperationException">An answer was no success, or wrk failed.</exception>
    public static async Task<double> Rate(Uri address, string key, int clients, TimeSpan span, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("wrk", [
            "--threads", "1", "--connections", clients.ToString(CultureInfo.InvariantCulture),
            "--duration", string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0}s"), "--timeout", "30s",
            "--header", $"Authorization: Bearer {key}", address.AbsoluteUri,
        ])
        { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            var rate = RequestsASecond().Match(output);
            return process.ExitCode == 0 && rate.Success && !output.Contains("Non-2xx", StringComparison.Ordinal) && !output.Contains("Socket errors", StringComparison.Ordinal)
                ? double.Parse(rate.Groups[1].Value, CultureInfo.InvariantCulture)
                : throw new InvalidOperationException($"{address}: {output}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex RequestsASecond();
}

using System.Globalization;
using System.Text;

namespace QualityIngest.Api.Telemetry;

/// <summary>Writes metrics in the text format of Prometheus, version 0.0.4.</summary>
public static class PrometheusText
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>The text of some metrics.</summary>
    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(Escape(family.Help, quotes: false)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(Word(family.Type)).Append('\n');
            foreach (var sample in family.Samples)
                Append(text, family.Name, sample);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, Sample sample)
    {
        text.Append(name).Append(sample.Suffix);
        for (var i = 0; i < sample.Labels.Count; i++)
            text.Append(i == 0 ? '{' : ',').Append(sample.Labels[i].Key).Append("=\"").Append(Escape(sample.Labels[i].Value, quotes: true)).Append('"');
        text.Append(sample.Labels.Count == 0 ? " " : "} ").Append(Number(sample.Value)).Append('\n');
    }

    private static string Word(MetricType type) => type switch
    {
        MetricType.Counter => "counter",
        MetricType.Gauge => "gauge",
        _ => "histogram",
    };

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : double.IsNaN(value) ? "NaN"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escape(string text, bool quotes)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}

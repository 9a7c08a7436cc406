using System.Text.Encodings.Web;
using System.Text.Json;

namespace QualityIngest.Samples.Transcripts;

/// <summary>How the sample's documents are written: letters as they are, as real systems do.</summary>
internal static class Json
{
    public static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

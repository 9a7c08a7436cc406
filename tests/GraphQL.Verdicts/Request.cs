using System.Text.Json;

namespace QualityIngest.GraphQL.Verdicts;

/// <summary>What is to be judged.</summary>
internal static class Request
{
    /// <summary>The document of a line, unit by unit as it was sent: an encoding would mend what is broken in it.</summary>
    public static string Document(string line)
    {
        using var request = JsonDocument.Parse(line);
        var bytes = request.RootElement.GetProperty("document").GetBytesFromBase64();
        return string.Create(bytes.Length / 2, bytes, static (units, bytes) =>
        {
            for (var i = 0; i < units.Length; i++)
                units[i] = (char)(bytes[2 * i] | bytes[(2 * i) + 1] << 8);
        });
    }
}

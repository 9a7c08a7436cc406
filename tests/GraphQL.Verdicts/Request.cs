using System.Text.Json;

namespace QualityIngest.GraphQL.Verdicts;

/// <summary>What is to be judged.</summary>
/// <param name="Document">A text, unit by unit as it was sent: an encoding would mend what is broken in it.</param>
/// <param name="Variables">Its variables, if any were sent.</param>
internal sealed record Request(string Document, JsonElement? Variables)
{
    /// <summary>The request of a line.</summary>
    public static Request Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        var bytes = json.RootElement.GetProperty("document").GetBytesFromBase64();
        var text = string.Create(bytes.Length / 2, bytes, static (units, bytes) =>
        {
            for (var i = 0; i < units.Length; i++)
                units[i] = (char)(bytes[2 * i] | bytes[(2 * i) + 1] << 8);
        });
        return new(text, json.RootElement.TryGetProperty("variables", out var variables) ? variables.Clone() : null);
    }
}

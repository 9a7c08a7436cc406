using System.Text;
using System.Text.Json;

namespace QualityIngest.GraphQL.Verdicts;

/// <summary>A line of answer.</summary>
internal static class Answer
{
    /// <summary>An object of the members that are written.</summary>
    public static string Of(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>The member <c>errors</c>; empty where there is none.</summary>
    public static void Errors(Utf8JsonWriter writer, IReadOnlyList<GraphQLError> errors)
    {
        writer.WriteStartArray("errors");
        foreach (var error in errors)
        {
            writer.WriteStartObject();
            writer.WriteString("code", error.Code);
            writer.WriteString("message", error.Message);
            writer.WriteStartArray("locations");
            foreach (var location in error.Locations)
                writer.WriteStringValue($"{location.Line}:{location.Column}");
            writer.WriteEndArray();
            if (error.Limit is { } limit)
                writer.WriteString("limit", limit.Name);
            if (error.Rule is { } rule)
                writer.WriteString("rule", rule);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}

using QualityIngest.GraphQL.Catalogue;

namespace QualityIngest.Api.GraphQL.Catalogue;

/// <summary>Where a row stands in files of members, lines or elements.</summary>
internal static class PlaceColumns
{
    public const string NullWhen = "{t}.place_member is null and {t}.place_line is null and {t}.place_index is null";

    public static void Declare(RowBuilder place)
    {
        place.Text("member", "place_member", "The member of an archive.");
        place.Long("line", "place_line", "The line, from 1.");
        place.Long("index", "place_index", "The element of an array, from 0.");
    }
}

using QualityIngest.GraphQL.Catalogue;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Tests.Library;

/// <summary>A library: small enough to be known by heart, with everything that a catalogue can say.</summary>
internal static class LibraryCatalogue
{
    public static GraphQLCatalogue Declare() => GraphQLCatalogue.Declare("A library.", c =>
    {
        var state = c.Enum("BookState", "Where a book is.", ("on_shelf", "It can be lent."), ("lent", "Somebody reads it."), ("lost", "Nobody knows."));
        var part = c.Enum("Part", "What a line belongs to.", ("title", "A heading."), ("body", "The text."));

        c.Table("Author", "Who writes books.", "library.authors", author =>
        {
            author.NodeKey("id");
            author.Text("name", "name", "The name in full.").NotNull().Filter().Order();
            author.Text("country", "country", "Where from.").Filter();
            author.Connection("books", "Book", "author_id", "What the author wrote.");
            author.Many("latest", "Book", "{t}.author_id = {p}.id and {t}.published is not null", "Published books.").First(3, 10);
        });

        c.Table("Book", "A book that is not withdrawn.", "library.books", book =>
        {
            book.NodeKey("id").Where("{t}.state <> 'withdrawn'").DefaultOrder("ADDED_AT_DESC");
            book.Text("title", "title", "The title.").NotNull().FilterWithPrefix().Order();
            book.Text("shout", "upper({t}.title) || '!'", "The title, loud.").NotNull().Deprecated("Read `title`.");
            book.Enum("state", "state", state, "Where it is.").NotNull().Filter().Dimension();
            book.Time("addedAt", "added_at", "When it came.").NotNull().Filter().Order().TimeDimension();
            book.Date("published", "published", "When it appeared.").Filter();
            book.Boolean("signed", "signed", "Whether it is signed; null: nobody looked.").Filter().Dimension();
            book.Decimal("price", "price", "What it cost.").Filter();
            book.Float("rating", "rating", "How it is liked.").Filter().Order("addedAt").Metric();
            book.Long("copies", "copies", "How many there are.").NotNull().Filter().Metric();
            book.Uuid("isbn", "isbn", "A number.").Filter().Requires("numbers");
            book.Json("notes", "notes", "What was noted.");
            book.Texts("tags", "tags", "Words for it.").NotNull();
            book.Enums("history", "history", state, "Where it was.").NotNull();
            book.Object("size", "BookSize", "How large it is.", "{t}.pages is null", size =>
            {
                size.Int("pages", "pages", "Pages.").NotNull().Filter().Order("addedAt").Metric();
                size.Float("thickness", "{t}.pages / nullif({t}.sheets_per_mm, 0)", "In millimetres.");
            });
            book.One("author", "Author", "author_id", "Who wrote it.").FilterBy("name", "country").Dimension();
            book.One("sequel", "Book", "{t}.id = {p}.sequel_id", "What comes after it.");
            book.Connection("lines", "Line", null, "What it says.")
                .From("(select e.value ->> 'part' as part, e.value ->> 'text' as text, e.n as n from json_array_elements({p}.lines) with ordinality as e(value, n))")
                .First(50, 1_000)
                .Plain()
                .Argument("part", part, "{t}.part = {value}", "Only these.")
                .Argument("contains", Scalars.String, "strpos(lower({t}.text), lower({value})) > 0", "Only lines with this text, whatever its case.")
                .Requires("lines");
            book.Search("search", Scalars.String, "{t}.id in (select library.find_books({value}))", "Books that speak of this.").Requires("lines");
        });

        c.Table("Line", "A line of a book.", "library.no_lines", line =>
        {
            line.Key("n", ScalarKind.Long);
            line.Long("number", "n", "From 1.").NotNull();
            line.Enum("part", "part", part, "What it belongs to.").NotNull();
            line.Text("text", "text", "What it says.").NotNull();
        });

        c.Query.One("book", "Book", "A book.");
        c.Query.Connection("books", "Book", "All books.");
        c.Query.Connection("authors", "Author", "All authors.");
        c.Query.Statistics("bookStats", "Book", "Figures over books.");
    });
}

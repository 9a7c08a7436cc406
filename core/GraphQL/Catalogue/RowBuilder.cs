using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Catalogue;

/// <summary>
/// The fields of one object. Everywhere <c>sql</c> is the name of a column or an expression over <c>{t}.column</c>; an
/// expression may not fail, whatever the row holds.
/// </summary>
public abstract class RowBuilder
{
    private readonly CatalogueBuilder _catalogue;

    private protected RowBuilder(CatalogueBuilder catalogue, string? requirement = null) => (_catalogue, Requirement) = (catalogue, requirement);

    /// <summary>What every field that is declared from here on requires.</summary>
    internal string? Requirement { get; private protected set; }

    /// <summary>Columns, objects and relations, in the order of their declaration.</summary>
    internal List<object> Members { get; } = [];

    /// <summary>
    /// All columns, those of objects too, and which of them are never null: within an object that may not be there, none.
    /// </summary>
    internal IEnumerable<(ColumnBuilder Column, bool NotNull)> Columns(bool thereAlways = true) =>
        Members.SelectMany(m => m switch
        {
            ColumnBuilder column => [(column, thereAlways && column.IsNotNull)],
            ObjectBuilder part => part.Columns(thereAlways && part.NullWhen is null),
            _ => Enumerable.Empty<(ColumnBuilder, bool)>(),
        });

    /// <summary>A text.</summary>
    public ColumnBuilder Text(string name, string sql, string description) => Column(name, sql, description, Scalars.String);

    /// <summary>A whole number that a check of the table keeps within 32 bits.</summary>
    public ColumnBuilder Int(string name, string sql, string description) => Column(name, sql, description, Scalars.Int);

    /// <summary>A whole number.</summary>
    public ColumnBuilder Long(string name, string sql, string description) => Column(name, sql, description, Scalars.Long);

    /// <summary>A double; answered as null where it is no finite number, so <c>NotNull</c> is a promise of a finite one.</summary>
    public ColumnBuilder Float(string name, string sql, string description) => Column(name, sql, description, Scalars.Float);

    /// <summary>Yes or no.</summary>
    public ColumnBuilder Boolean(string name, string sql, string description) => Column(name, sql, description, Scalars.Boolean);

    /// <summary>A UUID as it is, unlike an <c>ID</c>.</summary>
    public ColumnBuilder Uuid(string name, string sql, string description) => Column(name, sql, description, Scalars.Uuid);

    /// <summary>A numeric, answered as a text.</summary>
    public ColumnBuilder Decimal(string name, string sql, string description) => Column(name, sql, description, Scalars.Decimal);

    /// <summary>A timestamptz.</summary>
    public ColumnBuilder Time(string name, string sql, string description) => Column(name, sql, description, Scalars.DateTime);

    /// <summary>A date.</summary>
    public ColumnBuilder Date(string name, string sql, string description) => Column(name, sql, description, Scalars.Date);

    /// <summary>A json or jsonb, answered as it is stored.</summary>
    public ColumnBuilder Json(string name, string sql, string description) => Column(name, sql, description, Scalars.Json);

    /// <summary>A word of an enum, stored as a text.</summary>
    public ColumnBuilder Enum(string name, string sql, EnumType type, string description) => Column(name, sql, description, type);

    /// <summary>A list of texts, stored as text[] without nulls.</summary>
    public ColumnBuilder Texts(string name, string sql, string description) => Add(new ColumnBuilder(name, sql, description, Scalars.String, list: true));

    /// <summary>A list of words of an enum, stored as text[] without nulls.</summary>
    public ColumnBuilder Enums(string name, string sql, EnumType type, string description) => Add(new ColumnBuilder(name, sql, description, type, list: true));

    /// <summary>An object of this row's columns.</summary>
    /// <param name="name">The field.</param>
    /// <param name="type">The name of the object's type.</param>
    /// <param name="description">What the type is.</param>
    /// <param name="nullWhen">A condition under which there is no object; null: it is always there.</param>
    /// <param name="declare">Its fields.</param>
    public void Object(string name, string type, string description, string? nullWhen, Action<RowBuilder> declare)
    {
        var part = new ObjectBuilder(_catalogue, name, type, description, nullWhen, Requirement);
        declare(part);
        Add(part);
    }

    private protected T Add<T>(T member) where T : class
    {
        Members.Add(member);
        if (Requirement is { } word)
            Require(member, word);
        return member;
    }

    private static void Require(object member, string word)
    {
        switch (member)
        {
            case ColumnBuilder column: column.Requires(word); break;
            case OneBuilder one: one.Requires(word); break;
            case ManyBuilder many: many.Requires(word); break;
        }
    }

    private ColumnBuilder Column(string name, string sql, string description, NamedType type) => Add(new ColumnBuilder(name, sql, description, type));
}

/// <summary>An object of some columns of a row.</summary>
internal sealed class ObjectBuilder(CatalogueBuilder catalogue, string name, string type, string description, string? nullWhen, string? requirement)
    : RowBuilder(catalogue, requirement)
{
    public string Name { get; } = name;

    public string TypeName { get; } = type;

    public string Description { get; } = description;

    public SqlText? NullWhen { get; } = nullWhen is null ? null : SqlText.Of(nullWhen);
}

namespace Tumbler.Storage.Postgres;

/// <summary>A table of what changes together with an aggregate.</summary>
/// <param name="Owner">The column that names whose child it is.</param>
/// <param name="Id">The column that tells an owner's children apart.</param>
/// <param name="Member">The children in the aggregate's own row.</param>
internal sealed record ChildTable(string Name, string Owner, string Id, string IdType, string Member);

using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tumbler.Storage.Rows;

namespace Tumbler.Storage.Postgres;

/// <summary>The audit log as it is searched and read. Written it is by <see cref="AuditStatements"/> only.</summary>
internal sealed class AuditContext(DbContextOptions<AuditContext> options) : DbContext(options)
{
    /// <summary>The order in which entries were written. Of two changes of different aggregates under way at once the one
    /// with the lower position may commit last; entries of one chain are in order always.</summary>
    public const string Position = "position";

    /// <summary>The transaction that wrote an entry, as PostgreSQL knows it of every row.</summary>
    public const string Transaction = "xmin";

    public IQueryable<AuditRow> Entries => Set<AuditRow>().AsNoTracking();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var entry = modelBuilder.Entity<AuditRow>();
        entry.ToTable("audit_entries");
        entry.HasKey(row => new { row.Chain, row.Seq });
        entry.Property<long>(Position).ValueGeneratedOnAdd();
        entry.Property<uint>(Transaction).HasColumnType("xid").ValueGeneratedOnAddOrUpdate();
        entry.Property(row => row.ActorType).HasConversion<string>();
        entry.Property(row => row.Action).HasConversion<string>();
        entry.Property(row => row.ResourceType).HasConversion<string>();
        entry.Property(row => row.Status).HasConversion<string>();
        entry.Property(row => row.Details).HasColumnType("jsonb").HasConversion(
            details => JsonSerializer.Serialize(details, RowJson.Default.IReadOnlyDictionaryStringString),
            json => JsonSerializer.Deserialize(json, RowJson.Default.IReadOnlyDictionaryStringString)!);

        // Columns are named as in a row's JSON.
        foreach (var property in entry.Metadata.GetProperties())
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
    }
}

namespace Tumbler.Storage.Postgres;

/// <summary>What a save changes, ready for the statements of <see cref="AggregateTables"/>.</summary>
/// <param name="Json">The aggregate's row.</param>
/// <param name="RemovesChildren">Whether there is anything to remove; with nothing to do a statement is left out.</param>
internal sealed record RowChange(string Json, bool RemovesChildren, bool SetsChildren, bool RemovesReceipts, bool SetsReceipts);

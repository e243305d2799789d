namespace Tumbler.Storage.Postgres;

/// <summary>What a save changes, ready for a statement of <see cref="SaveStatements"/>.</summary>
/// <param name="Json">The aggregate's row, which says what changed; UTF-8.</param>
/// <param name="Parts">Which of its lists changed.</param>
internal sealed record RowChange(byte[] Json, SaveParts Parts);

namespace Tumbler.Storage.Journal.Rows;

/// <summary>The journal's first line.</summary>
/// <param name="Crc">See <see cref="JournalLine"/>.</param>
/// <param name="Journal">Which journal this is, for life; cursors of another one are told apart by it.</param>
internal sealed record HeaderRow(string Crc, int Format, Guid Journal)
{
    /// <summary>Raised when an older version could misread what is written.</summary>
    public const int CurrentFormat = 1;
}

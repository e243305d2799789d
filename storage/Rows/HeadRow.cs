namespace Tumbler.Storage.Rows;

/// <summary>Where a chain ended when a checkpoint was made.</summary>
internal sealed record HeadRow(string Chain, long Seq, string Hash);

namespace Tumbler.Core.Audit;

/// <summary>The files of an export. There are no others.</summary>
public static class ExportFile
{
    /// <summary>An entry a line, by chain in ordinal order, then by number.</summary>
    public const string Entries = "audit.jsonl";

    /// <summary>Detached CMS signature over <see cref="Entries"/>.</summary>
    public const string Signature = "audit.jsonl.p7s";

    /// <summary>RFC 3161 response about <see cref="Entries"/>; when one was asked for and given.</summary>
    public const string Timestamp = "audit.jsonl.tsr";

    /// <summary>The leaves of the checkpoint's tree; of one organisation's export: its leaf.</summary>
    public const string Heads = "heads.jsonl";

    /// <summary>That the leaf is in the checkpoint's tree; of one organisation's export only.</summary>
    public const string Proof = "proof.json";

    public const string Checkpoint = "checkpoint.txt";

    /// <summary>Up to where chains were pruned before this was made; of one organisation's export: its chain only. Missing, as
    /// the two next, when none of the chains was.</summary>
    public const string Anchors = "anchors.jsonl";

    /// <summary>That the leaf is in the tree of <see cref="AnchorNote"/>; of one organisation's export only.</summary>
    public const string AnchorsProof = "anchors-proof.json";

    /// <summary>The signed note over the anchors, in the form of a checkpoint.</summary>
    public const string AnchorNote = "anchors.txt";

    /// <summary>The signer's, to compare with the one that you trust.</summary>
    public const string Certificate = "certificate.pem";

    /// <summary>What this is, for people.</summary>
    public const string Manifest = "manifest.json";

    public static IReadOnlyList<string> All { get; } =
        [Entries, Signature, Timestamp, Heads, Proof, Checkpoint, Anchors, AnchorsProof, AnchorNote, Certificate, Manifest];
}

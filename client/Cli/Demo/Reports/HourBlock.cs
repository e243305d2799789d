using static System.FormattableString;
using Tumbler.Cli.Demo.Tally;

namespace Tumbler.Cli.Demo.Reports;

/// <summary>Six hours in one line.</summary>
/// <param name="From">The first of them, a multiple of six.</param>
internal sealed record HourBlock(int From, RingKey? Signer, IReadOnlyList<RingKey> Published, Counts Counts)
{
    private const int Hours = 6;

    public const string Head = "    hours   signs   in the JWKS   tokens   accepted   bad ones refused";

    public int Until => From + Hours;

    public static HourBlock Of(HourRow row) => new(row.Hour / Hours * Hours, row.Signer, row.Published, row.Counts);

    public HourBlock With(HourRow row) =>
        this with { Signer = row.Signer ?? Signer, Published = row.Published, Counts = Counts + row.Counts };

    public override string ToString()
    {
        var (keys, wrong) = (string.Join(", ", Published.Select(key => key.Number)), Counts.FalseRejects + Counts.FalseAccepts + Counts.Failed);
        return Invariant($"  {From,3}-{Until,-3}   {Signer,-7} {keys,-11} {Counts.Issued,8:N0} {Counts.Accepted,10:N0} {Counts.Refused,18:N0}")
            + (wrong > 0 ? Invariant($"   {wrong:N0} WRONG") : "");
    }
}

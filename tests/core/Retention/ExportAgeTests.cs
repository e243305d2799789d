using Tumbler.Core.Retention;

namespace Tumbler.Core.Tests.Retention;

public sealed class ExportAgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Keep = TimeSpan.FromDays(14);

    [Theory]
    [InlineData("2026-02-28", true)]
    [InlineData("2026-03-01", false)]
    [InlineData("2026-03-15", false)]
    [InlineData("2026-03-16", false)]
    [InlineData("1999-12-31", true)]
    public void A_day_is_expired_when_even_its_last_export_is_older_than_that(string day, bool expired) =>
        Assert.Equal(expired, ExportAge.IsExpiredDay(day, Now, Keep));

    [Fact]
    public void To_the_tick()
    {
        var moment = new DateTimeOffset(2026, 3, 15, 0, 0, 0, TimeSpan.Zero);

        Assert.True(ExportAge.IsExpiredDay("2026-02-28", moment, Keep));
        Assert.False(ExportAge.IsExpiredDay("2026-02-28", moment.AddTicks(-1), Keep));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("2026-02-30")]
    [InlineData("2026-2-01")]
    [InlineData("26-02-01")]
    [InlineData(" 2026-02-01")]
    [InlineData("2026-02-01 ")]
    [InlineData("2026-02-01.old")]
    [InlineData("2026/02/01")]
    [InlineData("٢٠٢٦-٠٢-٠١")]
    [InlineData("backup")]
    public void What_is_not_exactly_a_day_never_expires(string name) => Assert.False(ExportAge.IsExpiredDay(name, Now, Keep));

    [Theory]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e", true)]
    [InlineData("0F8FAD5B-D9CB-469F-A165-70867728950E", false)]
    [InlineData("{0f8fad5b-d9cb-469f-a165-70867728950e}", false)]
    [InlineData("0f8fad5bd9cb469fa16570867728950e", false)]
    [InlineData(" 0f8fad5b-d9cb-469f-a165-70867728950e", false)]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e.tmp", false)]
    [InlineData("", false)]
    public void An_export_is_named_by_its_uuid_and_nothing_else(string name, bool export) => Assert.Equal(export, ExportAge.IsExport(name));
}

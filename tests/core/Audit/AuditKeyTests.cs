using Tumbler.Core.Audit;

namespace Tumbler.Core.Tests.Audit;

public class AuditKeyTests
{
    [Fact]
    public void A_key_has_at_least_32_bytes()
    {
        Assert.Throws<ArgumentException>(() => new AuditKey(new byte[31]));
        Assert.NotNull(new AuditKey(new byte[32]));
    }

    [Fact]
    public void A_key_does_not_show_itself()
    {
        var key = new AuditKey("0123456789abcdef0123456789abcdef"u8);
        Assert.Equal("AuditKey ****", $"{key}");
    }
}

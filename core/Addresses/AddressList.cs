using System.Collections.Immutable;
using System.Net;
using Tumbler.Core.ApiKeys;

namespace Tumbler.Core.Addresses;

/// <summary>Addresses and CIDR blocks, read once and asked often.</summary>
public sealed class AddressList
{
    private readonly ImmutableArray<IPNetwork> blocks;

    /// <param name="blocks">As <c>InputRules.IsAddressBlock</c> lets them in.</param>
    public AddressList(IEnumerable<string> blocks) => this.blocks = [.. blocks.Select(AddressBlock.Parse)];

    public static AddressList Empty { get; } = new([]);

    /// <summary>Whether it holds every address there is, of one family at least.</summary>
    public static bool IsEverything(string block) => AddressBlock.Parse(block).PrefixLength == 0;

    public bool Contains(IPAddress address)
    {
        if (blocks.IsEmpty)
            return false;
        var normal = AddressBlock.Normalise(address);
        foreach (var block in blocks)
        {
            if (block.Contains(normal))
                return true;
        }

        return false;
    }
}

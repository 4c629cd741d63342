using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Personalization.Storage.Pictures;

/// <summary>What the admins of a guild have decided; a guild without a row has its defaults.</summary>
internal sealed class GuildRow
{
    public required ulong Id { get; init; }

    public required bool IsSharing { get; set; }
}

internal sealed class GuildRowConfiguration : IEntityTypeConfiguration<GuildRow>
{
    public void Configure(EntityTypeBuilder<GuildRow> builder)
    {
        builder.ToTable("Guilds");
        builder.HasKey(guild => guild.Id);
        builder.Property(guild => guild.Id).ValueGeneratedNever();
    }
}

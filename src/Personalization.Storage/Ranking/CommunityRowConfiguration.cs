using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Personalization.Storage.Ranking;

internal sealed class CommunityRowConfiguration : IEntityTypeConfiguration<CommunityRow>
{
    public void Configure(EntityTypeBuilder<CommunityRow> builder)
    {
        builder.ToTable("Communities");
        builder.HasKey(community => community.Version);
        builder.Property(community => community.Version).ValueGeneratedNever();
    }
}

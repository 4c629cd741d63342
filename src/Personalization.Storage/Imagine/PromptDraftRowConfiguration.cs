using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Personalization.Storage.Imagine;

internal sealed class PromptDraftRowConfiguration : IEntityTypeConfiguration<PromptDraftRow>
{
    public void Configure(EntityTypeBuilder<PromptDraftRow> builder)
    {
        builder.ToTable("PromptDrafts");
        builder.HasKey(draft => draft.Id);
        builder.Property(draft => draft.Id).ValueGeneratedNever();
    }
}

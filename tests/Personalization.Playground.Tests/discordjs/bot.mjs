// Usage: node bot.mjs API_ADDRESS TOKEN. Prints "ready" once it is logged in and its commands are registered.
import {
  ActionRowBuilder, AttachmentBuilder, ButtonBuilder, ButtonStyle, Client, EmbedBuilder, Events, GatewayIntentBits,
  MessageFlags, ModalBuilder, REST, Routes, SlashCommandBuilder, TextInputBuilder, TextInputStyle,
} from 'discord.js';

const [, , api, token] = process.argv;

const commands = [
  new SlashCommandBuilder().setName('greet').setDescription('Greets somebody')
    .addStringOption(option => option.setName('name').setDescription('Whom').setRequired(true)),
  new SlashCommandBuilder().setName('buttons').setDescription('Shows a button'),
  new SlashCommandBuilder().setName('form').setDescription('Opens a form'),
  new SlashCommandBuilder().setName('upload').setDescription('Sends a file after a while'),
];

const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api } });

client.once(Events.ClientReady, async ready => {
  const rest = new REST({ api }).setToken(token);
  await rest.put(Routes.applicationCommands(ready.application.id), { body: commands });
  const guild = ready.guilds.cache.first();
  console.log(`ready ${ready.user.username} in ${guild.name} with ${guild.channels.cache.size} channels`);
});

client.on(Events.InteractionCreate, async interaction => {
  if (interaction.isChatInputCommand()) {
    switch (interaction.commandName) {
      case 'greet':
        await interaction.reply({ embeds: [new EmbedBuilder().setTitle(`Hello ${interaction.options.getString('name')}`)], content: `from ${interaction.user.id}` });
        break;
      case 'buttons':
        await interaction.reply({
          content: 'Press it',
          flags: MessageFlags.Ephemeral,
          components: [new ActionRowBuilder().addComponents(new ButtonBuilder().setCustomId('count:0').setLabel('Count').setStyle(ButtonStyle.Primary))],
        });
        break;
      case 'form':
        await interaction.showModal(new ModalBuilder().setCustomId('form').setTitle('A form').addComponents(
          new ActionRowBuilder().addComponents(new TextInputBuilder().setCustomId('words').setLabel('Words').setStyle(TextInputStyle.Short))));
        break;
      case 'upload':
        await interaction.deferReply();
        await interaction.editReply({ content: 'Here', files: [new AttachmentBuilder(Buffer.from('a small file'), { name: 'small.txt' })] });
        await interaction.followUp({ content: 'And done', flags: MessageFlags.Ephemeral });
        break;
    }
  } else if (interaction.isButton()) {
    const count = Number(interaction.customId.split(':')[1]) + 1;
    await interaction.update({
      content: `Pressed ${count} times`,
      components: [new ActionRowBuilder().addComponents(new ButtonBuilder().setCustomId(`count:${count}`).setLabel('Count').setStyle(ButtonStyle.Primary))],
    });
  } else if (interaction.isModalSubmit()) {
    await interaction.reply(`You wrote: ${interaction.fields.getTextInputValue('words')}`);
  }
});

client.on(Events.Error, error => console.error(error));
await client.login(token);
